"""Radios, their sealed codes and their photos: the memory of the garage."""
