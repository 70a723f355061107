"""Whose an address is: what one customer of a provider has, so that nobody counts as many."""

from ipaddress import IPv6Address, ip_address, ip_network

_NETWORK = 64  # bits: what one customer of a provider has of IPv6, and may use up one address a request


def of_one_customer(address: str) -> str:
    """The address, or of IPv6 the network that it is in; what is no address is as it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, _NETWORK), strict=False))
