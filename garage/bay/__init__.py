"""The bay: before and after the battery, and every code that was entered."""
