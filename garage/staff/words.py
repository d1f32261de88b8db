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
    "take_in": N_("took a car in"),
    "correct": N_("corrected a job"),
    "record_numbers": N_("recorded VIN and serial number"),
    "may_come_off": N_("said that the battery may come off"),
    "add_radio": N_("put a radio on record"),
    "move_radio": N_("moved a radio to another car"),
}

KINDS = {
    "house": N_("garage"),
    "site": N_("letterhead"),
    "person": N_("person"),
    "job": N_("job"),
    "customer": N_("customer"),
    "vehicle": N_("car"),
    "head_unit": N_("radio"),
    "radio_code": N_("code"),
    "card": N_("card"),
    "print_job": N_("print"),
    "code_request": N_("asking for the code"),
}

ONLY_ONE = frozenset({"house", "site"})  # no number is needed to tell these rows apart

# Pages of rows, by URL name and the name of their number; shown where the program has such a page.
PAGES = {
    "person": ("staff.person", "number"),
    "site": ("staff.letterhead", ""),
    "house": ("staff.keep_key", ""),
}
