"""Every setting, its default and one line each.

A garage changes them in instance/config.py or by GARAGE_... in the environment, which wins.
"""

INSTANCE = ""  # folder with the garage's own files; empty: instance/ beside this file
DATABASE_URL = ""  # postgresql://user:password@host/name; empty: a SQLite file in the instance folder
BIND = "127.0.0.1:8000"  # address and port the program listens on
PUBLIC_URL = "http://127.0.0.1:8000"  # how people reach it; https:// here turns on secure cookies
TRUSTED_PROXIES = 0  # how many reverse proxies stand in front
THREADS = 8  # requests served side by side
IDLE_MINUTES = 60  # a device that rests this long must sign in again, with a desk PIN if the person has one
SIGN_IN_HOURS = 12  # and in any case with the password after this time
FRESH_MINUTES = 5  # how long a typed password counts as "a moment ago"
MAX_CONTENT_LENGTH = 1_000_000  # bytes of a form
MAX_PHOTO_LENGTH = 13_000_000  # bytes of an upload with a photo
MAX_BOOK_LENGTH = 5_000_000  # bytes of an upload with an old code book
SMTP_HOST = ""  # the mail server that sends for the garage; empty: none, mails are sent by hand
SMTP_PORT = 587  # 587 with "starttls", 465 with "tls"
SMTP_SECURITY = "starttls"  # "starttls", "tls" or, for a server on this machine, "none"
SMTP_USER = ""  # empty: the server wants no password
SMTP_PASSWORD = ""  # better GARAGE_SMTP_PASSWORD in the environment than written here
SMTP_SENDER = ""  # garage@example.com, or: Bridge Street Garage <garage@example.com>
