"""OIO Basic Privilege Profile: what gives a role, and what gives none."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhed.accounts import privileges
from helhed.accounts.privileges import NAMESPACES, PrivilegeError, Privileges, parse, rules

CVR = "64942212"
SCOPE = f"urn:dk:gov:saml:cvrNumberIdentifier:{CVR}"
CASEWORKER, LEADER, ANALYST = (f"urn:dk:helhed:{n}:1" for n in ("sagsbehandler", "teamleder", "analytiker"))
ADDRESS = "urn:dk:helhed:beskyttet-adresse:1"
UNIT = {"orgenhed/1": "sof/driftscenter-1"}


def group(*names: str, scope: str = SCOPE, **constraints: str) -> str:
    inside = "".join(f"<Privilege>{name}</Privilege>" for name in names)
    for name, value in constraints.items():
        inside += f'<Constraint Name="http://sts.kombit.dk/constraints/{name}">{value}</Constraint>'
    return f'<PrivilegeGroup Scope="{scope}">{inside}</PrivilegeGroup>'


def listed(*groups: str, namespace: str = NAMESPACES[0]) -> str:
    return f'<?xml version="1.0"?><bpp:PrivilegeList xmlns:bpp="{namespace}">{"".join(groups)}</bpp:PrivilegeList>'


def read(*groups: str) -> Privileges:
    return parse(listed(*groups), cvr=CVR)


@pytest.mark.parametrize("namespace", NAMESPACES)
@pytest.mark.parametrize("encode", [str, lambda text: base64.b64encode(text.encode()).decode()])
def test_both_namespaces_plain_and_in_base64(namespace, encode):
    text = listed(group(CASEWORKER, **UNIT, **{"foelsomhed/1": "2"}), namespace=namespace)
    assert parse(encode(text), cvr=CVR) == Privileges("caseworker", "sof", "sof/driftscenter-1", 2)


def test_a_right_may_stand_in_a_group_of_its_own():
    assert read(group(CASEWORKER, **UNIT), group(ADDRESS)).protected_address


def test_roles_of_another_system_give_nothing():
    assert read(group("urn:other:role"), group(ANALYST)) == Privileges("analyst")
    with pytest.raises(PrivilegeError, match="no role"):
        read(group("urn:other:role", **{"anything": "x"}))


def test_a_unit_by_its_uuid(tmp_path):
    text = Path(privileges.__file__).with_name("privileges.yaml").read_text()
    own = tmp_path / "own.yaml"
    own.write_text(text.replace("units: {}", 'units: {"0e1f": bif/ungeenhed}'))
    mapping = rules(own)
    named = listed(group(LEADER, **{"orgenhed/1": "0E1F"}))
    assert parse(named, cvr=CVR, mapping=mapping).unit == "bif/ungeenhed"


@pytest.mark.parametrize(
    "text", ["[]", "roles: {a: king}\nrights: {}\nunits: {}\nkle: {}", "roles: {", "kle: 1"]
)
def test_a_mapping_that_is_none_is_refused_with_its_name(tmp_path, text):
    own = tmp_path / "own.yaml"
    own.write_text(text)
    with pytest.raises(PrivilegeError, match=r"own\.yaml"):
        rules(own)


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ([], "no role"),
        ([group(CASEWORKER)], "needs a unit"),
        ([group(CASEWORKER, **{"orgenhed/1": "kff/et-sted"})], "two administrations"),
        ([group(CASEWORKER, scope=SCOPE[:-1] + "3", **UNIT)], "another authority"),
        ([group(ANALYST), group("urn:other", scope="")], "another authority"),
        ([group(CASEWORKER, LEADER, **UNIT)], "two roles"),
        ([group(CASEWORKER, **UNIT), group(ANALYST)], "more than one role"),
        (
            [group(CASEWORKER, **UNIT), group(CASEWORKER, **{"orgenhed/1": "sof/driftscenter-2"})],
            "more than one",
        ),
        ([group(CASEWORKER, **UNIT, **{"foelsomhed/1": "4"})], "0 to 3"),
        ([group(CASEWORKER, **UNIT, **{"foelsomhed/1": ""})], "0 to 3"),
        ([group(CASEWORKER, **UNIT, **{"KLE/1": "25.*"})], "leave out"),
        ([group(CASEWORKER, **UNIT, **{"KLE/1": "alt"})], "KLE numbers"),
        ([group(CASEWORKER, **UNIT, **{"itsystem/1": "x"})], "not known"),
        ([group(CASEWORKER, **UNIT, **{"geografi/1": "x"})], "not known"),
        (["<Noget/>"], "something else"),
        ([f'<PrivilegeGroup Scope="{SCOPE}"><Alt/></PrivilegeGroup>'], "something else"),
    ],
)
def test_what_gives_no_access(groups, reason):
    with pytest.raises(PrivilegeError, match=reason):
        read(*groups)


def test_kle_that_covers_the_work():
    assert read(group(CASEWORKER, **UNIT, **{"KLE/1": "25.*, 27.24.04"})).role == "caseworker"


def test_a_constraint_given_twice_is_refused():
    twice = '<Constraint Name="http://sts.kombit.dk/constraints/foelsomhed/1">3</Constraint>'
    one = group(CASEWORKER, **UNIT).replace("</PrivilegeGroup>", f"{twice}{twice}</PrivilegeGroup>")
    with pytest.raises(PrivilegeError, match="twice"):
        read(one)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
    ],
)
def test_entities_and_document_types_are_refused(head):
    text = listed(group(ANALYST)).replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{head}')
    with pytest.raises(PrivilegeError, match="cannot be read"):
        parse(text, cvr=CVR)


@pytest.mark.parametrize("text", ["", "%%%", "<a", "AAAA", "<PrivilegeList/>", "<" + "a" * 70_000])
def test_what_is_no_list(text):
    with pytest.raises(PrivilegeError):
        parse(text, cvr=CVR)


@given(st.one_of(st.text(), st.binary().map(lambda b: base64.b64encode(b).decode()), st.text().map(listed)))
def test_whatever_comes_is_read_or_refused_in_a_sentence(text):
    with pytest.raises(PrivilegeError):
        parse(text, cvr=CVR)


NAMES = st.lists(st.sampled_from([CASEWORKER, LEADER, ANALYST, ADDRESS, "urn:other"]), max_size=3)
LIMITS = st.dictionaries(
    st.sampled_from(["orgenhed/1", "foelsomhed/1", "KLE/1", "itsystem/1"]),
    st.sampled_from(["sof/driftscenter-1", "bif", "0", "3", "9", "27.*", ""]),
)


@given(st.lists(st.tuples(NAMES, LIMITS), max_size=3))
def test_nobody_gets_more_than_the_groups_say(groups):
    text = listed(*(group(*names, **limits) for names, limits in groups))
    try:
        given_ = parse(text, cvr=CVR)
    except PrivilegeError:
        return
    ours = [(names, limits) for names, limits in groups if set(names) & {CASEWORKER, LEADER, ANALYST}]
    assert given_.role in {"caseworker", "leader", "analyst"} and ours
    assert all(limits.get("orgenhed/1", "") == given_.unit for _, limits in ours)
    assert all(int(limits.get("foelsomhed/1", "0")) == given_.clearance for _, limits in ours)
    assert given_.protected_address == any(ADDRESS in names for names, _ in groups)
    assert not given_.vip
