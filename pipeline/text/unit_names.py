"""Names of units of measure in words, British or American, singular or plural."""

from __future__ import annotations

from pipeline.text.english import amount, plural
from pipeline.text.numerals import british

UNITS = {
    "km": "kilometer", "m": "meter", "cm": "centimeter", "mm": "millimeter", "nm": "nanometer", "µm": "micrometer",
    "μm": "micrometer", "dm": "decimeter", "kg": "kilogram", "KG": "kilogram", "Kg": "kilogram", "KM": "kilometer",
    "Km": "kilometer", "kms": "kilometer", "kgs": "kilogram",
    "g": "gram", "gm": "gram", "mg": "milligram", "µg": "microgram", "μg": "microgram", "mcg": "microgram",
    "ng": "nanogram", "lb": "pound", "lbs": "pound", "oz": "ounce", "ft": "foot", "in": "inch", "yd": "yard",
    "yds": "yard", "mi": "mile", "nmi": "nautical mile", "mL": "milliliter", "ml": "milliliter", "L": "liter",
    "l": "liter", "dL": "deciliter", "dl": "deciliter", "cl": "centiliter", "cL": "centiliter", "µL": "microliter",
    "μL": "microliter", "hl": "hectoliter",
    "GB": "gigabyte", "MB": "megabyte", "KB": "kilobyte", "kB": "kilobyte", "TB": "terabyte", "PB": "petabyte",
    "EB": "exabyte", "GiB": "gibibyte", "MiB": "mebibyte", "KiB": "kibibyte", "TiB": "tebibyte", "Mb": "megabit",
    "kbit": "kilobit", "Mbit": "megabit", "Gbit": "gigabit",
    "GHz": "gigahertz", "MHz": "megahertz", "kHz": "kilohertz", "KHz": "kilohertz", "Hz": "hertz", "THz": "terahertz",
    "kW": "kilowatt", "KW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "TW": "terawatt", "W": "watt",
    "mW": "milliwatt", "V": "volt", "kV": "kilovolt", "mV": "millivolt", "mA": "milliamp", "A": "amp",
    "eV": "electronvolt",
    "keV": "kiloelectronvolt", "MeV": "megaelectronvolt", "GeV": "gigaelectronvolt", "TeV": "teraelectronvolt",
    "hr": "hour", "hrs": "hour", "h": "hour", "min": "minute", "mins": "minute", "sec": "second", "secs": "second",
    "s": "second", "ms": "millisecond", "ns": "nanosecond", "µs": "microsecond", "μs": "microsecond", "yr": "year",
    "yrs": "year", "mo": "month", "mos": "month", "wk": "week", "wks": "week", "Myr": "million year",
    "cal": "calorie", "kcal": "kilocalorie", "kJ": "kilojoule", "MJ": "megajoule", "GJ": "gigajoule", "J": "joule",
    "dB": "decibel", "dBA": "decibel", "tbsp": "tablespoon", "tbsps": "tablespoon", "Tbsp": "tablespoon",
    "tsp": "teaspoon", "tsps": "teaspoon", "gal": "gallon", "pt": "pint", "pts": "pint", "qt": "quart",
    "°C": "degree Celsius", "°F": "degree Fahrenheit", "° C": "degree Celsius", "° F": "degree Fahrenheit",
    "℃": "degree Celsius", "℉": "degree Fahrenheit", "°": "degree", "K": "kelvin", "px": "pixel", "ha": "hectare",
    "Pa": "pascal", "hPa": "hectopascal", "kPa": "kilopascal", "MPa": "megapascal", "GPa": "gigapascal",
    "mbar": "millibar", "mmHg": "millimeter of mercury", "atm": "atmosphere", "N": "newton", "kN": "kilonewton",
    "Nm": "newton meter", "mol": "mole", "mmol": "millimole", "Ω": "ohm", "kΩ": "kiloohm", "MΩ": "megaohm",
    "MP": "megapixel", "t": "tonne", "Mt": "megatonne", "Gt": "gigatonne", "kt": "kilotonne", "cc": "C C",
    "kWh": "kilowatt hour", "MWh": "megawatt hour", "GWh": "gigawatt hour", "TWh": "terawatt hour", "Wh": "watt hour",
    "mAh": "milliamp hour", "Ah": "amp hour", "Mbps": "megabit per second", "mbps": "megabit per second",
    "Gbps": "gigabit per second", "kbps": "kilobit per second", "Kbps": "kilobit per second",
    "mph": "mile per hour", "MPH": "mile per hour", "kph": "kilometer per hour", "kmh": "kilometer per hour",
    "kmph": "kilometer per hour", "mpg": "mile per gallon", "rpm": "revolution per minute",
    "RPM": "revolution per minute", "bpm": "beat per minute", "wpm": "word per minute", "fps": "frame per second",
    "psi": "pound per square inch", "dpi": "dot per inch", "ppi": "pixel per inch", "ppm": "part per million",
    "ppb": "part per billion", "hp": "horsepower", "bhp": "brake horsepower", "kn": "knot", "kts": "knot",
    "ly": "light year", "pc": "parsec", "AU": "astronomical unit", "au": "astronomical unit", "Å": "ångström",
    "lm": "lumen", "lx": "lux", "Bq": "becquerel", "Sv": "sievert", "mSv": "millisievert", "IU": "international unit",
    "MT": "megaton", "ct": "carat", "sq ft": "square foot", "sq. ft.": "square foot",
    "sq. ft": "square foot", "sq mi": "square mile", "sq. mi": "square mile", "sq. mi.": "square mile",
    "sq km": "square kilometer", "sq. km": "square kilometer", "sq m": "square meter", "sq. m": "square meter",
    "sq in": "square inch", "sq. in.": "square inch", "sq yd": "square yard", "cu ft": "cubic foot",
    "cu. ft.": "cubic foot", "cu m": "cubic meter", "cu in": "cubic inch", "sqft": "square foot",
    "fl oz": "fluid ounce", "fl. oz.": "fluid ounce", "fl. oz": "fluid ounce", "st": "stone",
}  # fmt: skip
"""Sign → American name of one."""

_PER = {
    "s": "second", "sec": "second", "h": "hour", "hr": "hour", "min": "minute", "day": "day", "d": "day", "yr": "year",
    "year": "year", "wk": "week", "week": "week", "month": "month", "person": "person", "capita": "capita",
    "mo": "month", "night": "night", "dose": "dose", "a": "year",
}  # fmt: skip
PER = (
    r"(?:sq mi|km[²³2]|cm[²³2]|m[²³2]|kWh|mi|km|kg|mg|mL|ml|mol|dL|ha|GB|lb|"
    + "|".join(sorted(_PER, key=len, reverse=True))
    + "|cm|gal|oz|g|m|L|l)"
)
"""What may stand behind the stroke: km/h, kg/m³."""
_POWERS = {"²": "square ", "2": "square ", "^2": "square ", "³": "cubic ", "3": "cubic ", "^3": "cubic "}
_HEADED = ("square", "cubic", "fluid", "nautical", "million", "brake", "light", "astronomical", "international")
"""First words of units whose plural is that of the second."""


class Count:
    """Numbers and units in one kind of English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.british = british(language)

    def number(self, text: str) -> str:
        """What `pipeline.text.english.AMOUNT` matched, in words."""
        return amount(text, self.language)

    def name(self, unit: str, *, one: bool, power: str = "") -> str:
        """The name of ``unit`` (a key of `UNITS`), with "square" or "cubic" in front for its ``power``."""
        full = UNITS[unit]
        if self.british:
            full = full.replace("meter", "metre").replace("liter", "litre")
        head, per, rest = full.partition(" per ")
        first, _, second = head.partition(" ")
        if not one and unit != "cc":
            if first in _HEADED or second in ("hour", "meter", "metre"):
                head = f"{first} {plural(second)}"
            else:
                head = f"{plural(first)} {second}".rstrip()
        return _POWERS.get(power, "") + head + per + rest

    def per(self, unit: str, power: str = "") -> str:
        """What is behind the stroke: "second squared", "cubic meter"."""
        if unit[-1] in "²³" or (unit[-1] in "23" and unit[0] in "mkc"):
            unit, power = unit[:-1], unit[-1]
        if unit in _PER:
            return _PER[unit] + {"²": " squared", "2": " squared", "³": " cubed"}.get(power, "")
        return self.name(unit, one=True, power=power)
