"""Who may open which page: one table, checked before every request and by a test."""

from garage.domain.people import Role

EVERYBODY = frozenset(Role)
DESK = frozenset({Role.FRONT_DESK, Role.MANAGER, Role.OWNER})
MANAGERS = frozenset({Role.MANAGER, Role.OWNER})
OWNER = frozenset({Role.OWNER})
OPEN = None  # without signing in

WHO_MAY: dict[str, frozenset[Role] | None] = {
    "static": OPEN,
    "bootstrap.static": OPEN,
    "board.today": EVERYBODY,
    "board.find": EVERYBODY,
    "board.job": EVERYBODY,
    "intake.new_car": EVERYBODY,
    "intake.save_new_car": EVERYBODY,
    "intake.look_up": EVERYBODY,
    "intake.radio": EVERYBODY,
    "intake.save_radio": EVERYBODY,
    "intake.yes": EVERYBODY,
    "intake.save_yes": EVERYBODY,
    "intake.ask_yes_back": DESK,
    "intake.yes_back": DESK,
    "intake.ask_moved": MANAGERS,
    "intake.moved": MANAGERS,
    "intake.car": EVERYBODY,
    "intake.save_car": EVERYBODY,
    "code_requests.dealers": DESK,
    "code_requests.new_dealer": DESK,
    "code_requests.add_to_book": DESK,
    "code_requests.dealer": DESK,
    "code_requests.save_dealer": DESK,
    "code_requests.ask": EVERYBODY,
    "code_requests.begin": EVERYBODY,
    "code_requests.request_page": EVERYBODY,
    "code_requests.sent": EVERYBODY,
    "code_requests.code_came": EVERYBODY,
    "code_requests.refused": EVERYBODY,
    "code_requests.not_needed": EVERYBODY,
    "code_requests.again": EVERYBODY,
    "cards.prints": EVERYBODY,
    "cards.print_paper": EVERYBODY,
    "cards.print_for_request": EVERYBODY,
    "cards.print_again": EVERYBODY,
    "cards.pdf": EVERYBODY,
    "cards.blank_paper": EVERYBODY,
    "radios.photo": EVERYBODY,
    "bay.bay": EVERYBODY,
    "bay.take_off": EVERYBODY,
    "bay.already_off": EVERYBODY,
    "bay.was_off": EVERYBODY,
    "bay.connect": EVERYBODY,
    "bay.plays": EVERYBODY,
    "bay.asks": EVERYBODY,
    "bay.hand_over": EVERYBODY,
    "bay.papers_seen": EVERYBODY,
    "bay.codes": EVERYBODY,
    "bay.tried_before": EVERYBODY,
    "bay.add_code": EVERYBODY,
    "bay.show": EVERYBODY,
    "bay.entered": EVERYBODY,
    "bay.record": EVERYBODY,
    "bay.photos": EVERYBODY,
    "bay.take_photo": EVERYBODY,
    "bay.radio": EVERYBODY,
    "bay.show_of_radio": EVERYBODY,
    "bay.stop_radio": MANAGERS,
    "bay.stop_car": MANAGERS,
    "staff.sign_in": OPEN,
    "staff.let_in": OPEN,
    "staff.welcome": OPEN,
    "staff.join": OPEN,
    "staff.sign_out": EVERYBODY,
    "staff.prove": EVERYBODY,
    "staff.prove_it": EVERYBODY,
    "staff.letterhead": OWNER,
    "staff.save_letterhead": OWNER,
    "staff.second_manager": OWNER,
    "staff.name_second_manager": OWNER,
    "staff.keep_key": OWNER,
    "staff.print_key_sheet": OWNER,
    "staff.key_sheet": OWNER,
    "staff.put_key_away": OWNER,
    "staff.people": MANAGERS,
    "staff.add_person": MANAGERS,
    "staff.person": MANAGERS,
    "staff.save_person": MANAGERS,
    "staff.invite": MANAGERS,
    "staff.end_sign_ins": MANAGERS,
    "staff.who_did_what": MANAGERS,
}


def may_open(endpoint: str, role: Role | None) -> bool:
    """Whether a person with `role` (None: nobody signed in) may open `endpoint`; unknown pages: no."""
    if endpoint not in WHO_MAY:
        return False
    roles = WHO_MAY[endpoint]
    return roles is None or role in roles
