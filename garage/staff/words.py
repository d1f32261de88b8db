"""Who did what, in plain words: what each verb of the journal and each kind of row is called."""

from garage.domain.text import N_

VERBS = {
    "sign_up": N_("signed up as the owner"),
    "set_password": N_("set a new password"),
    "write_letterhead": N_("wrote the letterhead"),
    "add_person": N_("added a person"),
    "change_person": N_("changed a person's entry"),
    "invite": N_("made a one-time link"),
    "end_sign_ins": N_("signed all devices of a person out"),
    "print_key_sheet": N_("printed the key sheet"),
    "put_key_away": N_("put the key sheet away"),
    "back_up": N_("made a backup"),
    "restore": N_("brought a backup back"),
    "take_in": N_("took a car in"),
    "correct": N_("corrected customer or car"),
    "record_numbers": N_("recorded VIN and serial number"),
    "may_come_off": N_("said that the battery may come off"),
    "take_yes_back": N_("took the yes to the battery back"),
    "papers_seen": N_("saw the car's papers"),
    "battery_off": N_("took the battery off"),
    "battery_off_already": N_("said that the battery was off already"),
    "battery_back": N_("put the battery back on"),
    "plays": N_("said that the radio plays"),
    "close": N_("closed the job"),
    "add_radio": N_("put a radio on record"),
    "move_radio": N_("moved a radio to another car"),
    "keep_photo": N_("added a photo"),
    "add_code": N_("entered a code"),
    "show_code": N_("looked at a code"),
    "stop": N_("put a stop on a radio or car"),
    "lift_stop": N_("lifted a stop"),
    "note_earlier_tries": N_("noted earlier tries"),
    "record_try": N_("noted how a code did"),
    "note_experience": N_("noted what the radio did"),
    "add_dealer": N_("added a dealer"),
    "change_dealer": N_("changed a dealer's entry"),
    "ask": N_("asked for a code"),
    "send": N_("sent the letter to the dealer"),
    "ask_again": N_("asked for the code again"),
    "answer": N_("noted the dealer's answer"),
    "asks": N_("noted what the dealer asks for"),
    "refuse": N_("noted that the dealer said no"),
    "withdraw": N_("stopped asking for a code"),
    "print": N_("printed"),
    "print_again": N_("printed again"),
}

KINDS = {
    "house": N_("garage"),
    "site": N_("letterhead"),
    "person": N_("person"),
    "job": N_("job entry"),
    "customer": N_("customer"),
    "vehicle": N_("car"),
    "head_unit": N_("radio"),
    "radio_code": N_("code"),
    "photo": N_("photo"),
    "try": N_("try"),
    "dealer": N_("dealer"),
    "code_request": N_("asking for the code"),
    "card": N_("card"),
    "print_job": N_("paper"),
    "experience": N_("experience"),
}

ONLY_ONE = frozenset({"house", "site"})  # no number is needed to tell these rows apart

# Pages of rows, by URL name and the name of their number; shown where the program has such a page.
PAGES = {
    "person": ("staff.person", "number"),
    "site": ("staff.letterhead", ""),
    "house": ("staff.keep_key", ""),
}
