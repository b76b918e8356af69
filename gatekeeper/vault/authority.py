"""Which certificate does the gate show where nobody gave it one? One of its own small authority.

Apps are told to trust that authority. So it is bound (RFC 5280, 4.2.1.10) to the host names that it
was made for: even whoever steals its key can stand in for no other host, nor for an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
LEAF_DAYS = 397
"""So long may a public authority's leaf last: no client minds it."""
NO_ADDRESS = [x509.IPAddress(ip_network(each)) for each in ("0.0.0.0/0", "::/0")]


class Pair(NamedTuple):
    """A certificate and its private key, both as PEM."""

    certificate: bytes
    key: bytes

    def __repr__(self) -> str:
        return "Pair(...)"


def authority(hosts: Iterable[str], at: datetime) -> Pair:
    """An authority that can vouch for these hosts, and for names below them, alone."""
    key, name = _key(), _name("Gatekeeper local authority")
    permitted = [x509.DNSName(host) for host in sorted(set(hosts))]
    bound = x509.NameConstraints(permitted, NO_ADDRESS)
    usage = _usage(signs_certificates=True)
    made = (
        _begun(name, name, key, at, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(bound, critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _pair(made, key)


def leaf(signer: Pair, names: Sequence[str], at: datetime) -> Pair:
    """A server's certificate for these names (`*.` for any one label), signed by an authority."""
    issuer = x509.load_pem_x509_certificate(signer.certificate)
    signing = serialization.load_pem_private_key(signer.key, password=None)
    if not isinstance(signing, ec.EllipticCurvePrivateKey):
        raise ValueError("the authority's key is not of the kind that is made here")
    key = _key()
    known_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    named = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
    made = (
        _begun(_name("Gatekeeper"), issuer.subject, key, at, LEAF_DAYS)
        .add_extension(named, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(known_by, critical=False)
        .sign(signing, hashes.SHA256())
    )
    return _pair(made, key)


def vouches_for(certificate: bytes) -> frozenset[str]:
    """The hosts that an authority is bound to, as it was told them; empty if it is bound to none.

    ValueError for what is no certificate.
    """
    extensions = x509.load_pem_x509_certificate(certificate).extensions
    try:
        bound = extensions.get_extension_for_class(x509.NameConstraints).value
    except x509.ExtensionNotFound:
        return frozenset()
    return frozenset(str(each.value) for each in bound.permitted_subtrees or ())


def ends(certificate: bytes) -> datetime:
    """When a certificate ceases to hold."""
    return x509.load_pem_x509_certificate(certificate).not_valid_after_utc


def names_of(certificate: bytes) -> frozenset[str]:
    """The host names that a server's certificate is for."""
    extensions = x509.load_pem_x509_certificate(certificate).extensions
    try:
        named = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return frozenset()
    return frozenset(named.get_values_for_type(x509.DNSName))


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    at: datetime,
    days: int,
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(
        issuer_name=issuer,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=at - timedelta(hours=1),  # clocks of apps may be a little behind
        not_valid_after=at + timedelta(days=days),
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _pair(made: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Pair:
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return Pair(made.public_bytes(serialization.Encoding.PEM), private)
