"""The cars and radios that an old code book meets: those on file, and those that its earlier rows bring."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Car:
    """A car on file, or one that an earlier row of the book makes (`place`; `id` is None)."""

    id: int | None
    vin: str = ""
    registration: str = ""  # without spaces and dashes
    serial_number: str = ""  # of the radio in it
    place: int | None = None


@dataclass(slots=True)
class Radio:
    """A radio on file, or one that an earlier row makes. Codes are open here and shown nowhere."""

    id: int | None
    serial_number: str
    make: str = ""
    car: Car | None = None
    codes: set[str] = field(default_factory=set, repr=False)
    failed: set[str] = field(default_factory=set, repr=False)
    place: int | None = None  # the last row of the book that named it


@dataclass(slots=True)
class OnFile:
    """What the garage knows of the cars and radios in the book; rows that were judged add to it."""

    cars: list[Car] = field(default_factory=list)
    radios: list[Radio] = field(default_factory=list)
    _by_vin: dict[str, Car] = field(init=False, default_factory=dict)
    _by_plate: dict[str, Car] = field(init=False, default_factory=dict)
    _by_serial: dict[str, Radio] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for car in self.cars:
            self.add_car(car)
        for radio in self.radios:
            self._by_serial[radio.serial_number] = radio

    def add_car(self, car: Car) -> None:
        """Another car is known now."""
        if car.vin:
            self._by_vin[car.vin] = car
        if car.registration:
            self._by_plate[car.registration] = car

    def add_radio(self, radio: Radio) -> None:
        """Another radio is known now."""
        self._by_serial[radio.serial_number] = radio

    def car(self, vin: str, registration: str) -> Car | None:
        """The car with this VIN, else the one with this plate unless its VIN is another."""
        if vin and vin in self._by_vin:
            return self._by_vin[vin]
        return None if self.plate_taken(vin, registration) else self._by_plate.get(registration)

    def plate_taken(self, vin: str, registration: str) -> bool:
        """Whether the plate is on file with another VIN."""
        by_plate = self._by_plate.get(registration)
        return bool(by_plate and vin and by_plate.vin not in {"", vin})

    def radio(self, serial_number: str) -> Radio | None:
        """The radio with this serial number."""
        return self._by_serial.get(serial_number)
