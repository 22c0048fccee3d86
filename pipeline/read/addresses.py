"""Addresses of the web: which are asked for at all, and which machines may be asked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_network
from urllib.parse import quote, urlsplit

from pipeline.errors import ReadError

_BAD_PORTS = frozenset(
    (
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104),
        *(109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515),
        *(526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049),
        *(3306, 3659, 4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9200),
        *(10080, 11211, 27017),
    )
)
"""Ports of services that are no web servers: WHATWG Fetch, section 2.9 “port blocking”, and common databases."""

_NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # behind a provider's NAT
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # a cloud provider's metadata, under an address that looks public
            "169.254.0.0/16",  # link-local, and most clouds' metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # relays from IPv6
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
            "2001::/23",  # protocol assignments; Teredo, which hides an IPv4 address
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which hides an IPv4 address
            "3fff::/20",  # documentation
        ),
    )
)
"""IANA's special-purpose registries of IPv4 and, inside 2000::/3, of IPv6 (as of 2024)."""
_GLOBAL = ip_network("2000::/3")
"""All of IPv6 that is given out to the internet; loopback, link-local, private and multicast lie outside."""
_EMBEDS = (ip_network("::ffff:0:0/96"), ip_network("64:ff9b::/96"))
"""An IPv4 address stands in the last 32 bits: mapped (RFC 4291), and translated by NAT64 (RFC 6052)."""

_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*")
_LOCAL = re.compile(r"(?:.*\.)?(?:localhost|localdomain|local|internal|intranet|lan|home\.arpa|onion)")
_KEPT = "!#$%&'()*+,-./:;=?@[]_~"
_PATH = _KEPT.replace("#", "").replace("?", "").replace("[", "").replace("]", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address taken apart.

    Attributes:
        scheme: ``"http"`` or ``"https"``.
        host: Name in ASCII, lower case, without a final dot; or an IP address without brackets.
        port: From 1 to 65,535.
        path: What is asked of the server: path and query, in ASCII.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port as one text: ``https://example.org``, the port only where it is unusual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == (443 if self.scheme == "https" else 80)
        return f"{self.scheme}://{host}" + ("" if usual else f":{self.port}")

    @property
    def uri(self) -> str:
        """The whole address in its plain spelling, without a fragment."""
        return self.origin + self.path


def target(address: str) -> Target:
    """``address`` taken apart.

    Raises:
        ReadError: It is no address of a page that may be fetched; the message says why. Whether its host is public
            is known only when the name is resolved.
    """
    shown = without_user(address)
    shown = shown if len(shown) <= 200 else shown[:199] + "…"
    try:
        parts = urlsplit(address.strip())
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError as error:
        # what is taken for a port may be a password; nor may the cause show it
        why = "" if "@" in address else f" ({error})"
        raise ReadError(f"this is not a valid address{why}: check its spelling", shown) from None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        raise ReadError("only http and https addresses are fetched: save the page and give the file", shown)
    if "@" in parts.netloc:
        raise ReadError("addresses with a user name or password are not fetched: leave it out", shown)
    if not host:
        raise ReadError("there is no valid host in this address: check its spelling", shown)
    if _LOCAL.fullmatch(host):
        raise ReadError(f"{host} is a name of this machine or its network: only public pages are fetched", shown)
    port = port if port is not None else 443 if scheme == "https" else 80
    if port in _BAD_PORTS:
        raise ReadError(f"port {port} belongs to another service than the web: check the address", shown)
    path = quote(parts.path, safe=_PATH) or "/"
    query = "?" + quote(parts.query, safe=_KEPT) if parts.query else ""
    return Target(scheme=scheme, host=host, port=port, path=path + query)


def without_user(address: str) -> str:
    """``address`` to be shown: without user name and password, however they are written."""
    scheme, slashes, rest = address.partition("//")
    try:
        parts = urlsplit(address.strip())
        parts.port  # noqa: B018 - refuses what is no number
        signs = parts.netloc.count("@")
    except ValueError:
        signs = rest.count("@")  # no telling where the host ends
    return scheme + slashes + rest.split("@", signs)[-1]


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether ``ip`` is on the internet: not private, loopback, link-local, multicast, reserved, or hiding such."""
    if isinstance(ip, IPv6Address):
        if any(ip in network for network in _EMBEDS):
            return is_public(IPv4Address(int(ip) & 0xFFFF_FFFF))
        if ip not in _GLOBAL:
            return False
    return not any(ip in network for network in _NOT_PUBLIC)


def _ascii_host(host: str) -> str:
    """A host as DNS spells it (IDNA as browsers do it, UTS 46, but for its rarest mappings); empty for what is none."""
    if ":" in host:
        return str(IPv6Address(host.partition("%")[0]))
    host = unicodedata.normalize("NFKC", host).lower()
    labels = unicodedata.normalize("NFC", host).replace("\u3002", ".").removesuffix(".").split(".")
    name = ".".join(label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii") for label in labels)
    return name if _NAME.fullmatch(name) else ""
