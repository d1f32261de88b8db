"""The roles in a garage and what each may do."""

from garage.domain.labelled import Labelled
from garage.domain.text import N_


class Role(Labelled):
    """What a person does here; the first person is the owner."""

    FRONT_DESK = "front_desk", N_("Front desk")
    TECHNICIAN = "technician", N_("Technician")
    MANAGER = "manager", N_("Manager")
    OWNER = "owner", N_("Owner")

    @property
    def finds_customers(self) -> bool:
        """Whether this role finds customers by name or phone: in the bay, cars and radios are enough."""
        return self is not Role.TECHNICIAN

    @property
    def manages(self) -> bool:
        """Whether this role may decide what others may not: managers and owners."""
        return self in {Role.MANAGER, Role.OWNER}
