"""The two verified calculations: a Renault or Dacia pre-code, a Ford number that begins with M.

Both have been public for years and many independent programs agree on every input. The gate around
them (a job, papers seen, one input at a time) is not here but where a person asks; each answer is a
code to try until the radio accepted it. There is no third calculation and no list.
"""

import re

from garage.domain.text import N_, Refused

_RENAULT = re.compile(r"[A-Z][0-9]{3}")
_RENAULT_WITH_T = re.compile(r"T0?([A-Z][0-9]{3})")
_FORD = re.compile(r"M0?([0-9]{6})")

FORD_SQUARE = (
    "9534872610",
    "2156937048",
    "0473196582",
    "5641280937",
    "6312054879",
    "4087619325",
    "7805321496",
    "1968745203",
    "3290468751",
    "8729503164",
)
"""Rows 0 to 9; every row and every column holds each digit once."""

_S = tuple(tuple(int(digit) for digit in row) for row in FORD_SQUARE)
_NEXT = tuple(tuple(digit + 1 for digit in row) for row in _S)
_FORD_COLUMNS = (5, 3, 8, 2, 1, 6)  # for the six digits, last to first


def renault_code(precode: str) -> str:
    """The four digits for a Renault or Dacia pre-code of one letter and three digits ("S053").

    Refused for anything else, and for A000 to A099, for which no code exists. A label's five
    characters (T and the pre-code) are refused with the question whether the T is to be left out;
    from four characters nothing is ever taken away.
    """
    typed = precode.strip().upper()
    if label := _RENAULT_WITH_T.fullmatch(typed):
        raise Refused(N_("The T of the label is no part of it. Is it %(precode)s?"), precode=label[1])
    if not _RENAULT.fullmatch(typed):
        raise Refused(N_("A pre-code is one letter and three digits."))
    one, two, three = (int(digit) for digit in typed[1:])
    head = 10 * (ord(typed[0]) - ord("A")) + one
    if head == 0:
        raise Refused(N_("For A000 to A099 no code exists. Read the label again."))
    tail = 7 * (head + 10 * two + three) % 100
    return f"{259 % head % 100:02d}{tail % 10}{tail // 10}"


def ford_m_code(serial_number: str) -> str:
    """The four digits for a Ford serial number of M and six digits ("M763412").

    Refused for anything else: V, C and Z numbers, software numbers, five or eight digits. Of seven
    digits a leading 0 is left out.
    """
    match = _FORD.fullmatch(serial_number.strip().upper())
    if match is None:
        raise Refused(N_("Only M and six digits can be worked out. Read the label again."))
    digits = [int(digit) for digit in reversed(match[1])]
    a, b, c, d, e, f = (_S[row][column] for row, column in zip(digits, _FORD_COLUMNS, strict=True))
    g = _S[0][9]
    k = _NEXT[b][a]
    w = k * _NEXT[f][b] + _NEXT[d][c] * _NEXT[g][e] + _S[a][d]
    x = k * _NEXT[e][d] + _NEXT[e][b] * _NEXT[g][c] + _S[a][f]
    y = k * _NEXT[d][b] + _NEXT[c][f] * _NEXT[g][d] + _S[a][e]
    z = k * _NEXT[f][c] + _NEXT[c][g] * _NEXT[b][e] + _S[d][a]
    w, x, y, z = _NEXT[w % 10][5], _NEXT[x % 10][1], _NEXT[y % 10][8], _NEXT[z % 10][0]
    products = (y * z + 108, w * y + 103, x * z + 102, w * x + 105)
    return "".join([str((product // 10 + product + a) % 10) for product in products])
