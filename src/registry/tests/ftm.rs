use crate::registry::read_entities_ftm;

use super::{check_entities, show_entity};

#[test]
fn nodes_are_entities() {
    let text = r#"{"id": "Q1", "schema": "Person", "caption": "Ann Example", "properties": {"name": ["A. Example", "Ann Example"], "alias": ["Annie"], "weakAlias": ["Annie", "AE"], "summary": ["S"], "notes": ["N"], "wikidataId": ["Q1"]}}
{"id": "b", "schema": "PublicBody", "properties": {"name": ["Ministry"], "parent": ["c"]}}
{"id": "c", "schema": "Organization", "properties": {"name": "State"}}
{"id": "d", "schema": "Address", "properties": {"full": ["1 Road"]}}
{"id": "e", "schema": "Event", "properties": {"name": ["Raid"], "startDate": ["2016-03-02"], "endDate": ["2016-03-04"], "location": ["d"]}}
{"id": "f", "schema": "Vessel", "properties": {"name": ["MV Ship"]}}
{"id": "g", "schema": "Sanction", "properties": {"entity": ["f"]}}
"#;
    let read = read_entities_ftm(text);
    check_entities(
        text,
        &read,
        &[
            "Q1 person name=Ann Example alias=A. Example alias=Annie alias=AE summary=S wikidata=Q1",
            "b organisation name=Ministry part-of=c",
            "c organisation name=State",
            "d place name=1 Road",
            "e event name=Raid date=2016-03-02/2016-03-04 place=d",
            "f thing name=MV Ship",
        ],
        &[],
    );
}

#[test]
fn edges_are_roles_and_parts() {
    let text = r#"{"id": "e1", "schema": "Employment", "properties": {"employee": ["p"], "employer": ["o"], "role": ["clerk"], "startDate": ["2016"], "endDate": ["2017"]}}
{"id": "e2", "schema": "Membership", "properties": {"member": ["p", "o"], "organization": ["x"]}}
{"id": "e3", "schema": "Occupancy", "properties": {"holder": ["p"], "post": ["pos"]}}
{"id": "pos", "schema": "Position", "properties": {"name": ["Mayor of X"]}}
{"id": "e4", "schema": "Ownership", "properties": {"owner": ["o"], "asset": ["s"], "percentage": ["51,5 %"]}}
{"id": "e5", "schema": "Ownership", "properties": {"owner": ["o"], "asset": ["s2"], "percentage": ["10"]}}
{"id": "e6", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["s2"]}}
{"id": "e7", "schema": "Directorship", "properties": {"director": ["nobody"], "organization": ["o"]}}
{"id": "p", "schema": "Person", "properties": {}}
{"id": "o", "schema": "Company"}
{"id": "s", "schema": "Company", "properties": {}}
{"id": "s2", "schema": "Company", "properties": {}}
"#;
    let read = read_entities_ftm(text);
    assert_eq!(read.problems, []);
    let roles: Vec<_> = read.entries.iter().map(|entity| entity.roles.len()).collect();
    assert_eq!(roles, [3, 0, 0, 0]);
    assert_eq!(
        show_entity(text, &read.entries[0]),
        "p person role=clerk/o/2016/2017 role=?/x/?/? role=Mayor of X/?/?/?"
    );
    let parts: Vec<_> = read.entries[2].part_of.iter().map(|whole| whole.as_str()).collect();
    assert_eq!(parts, ["o"]);
    assert_eq!(read.entries[3].part_of, []);
}

#[test]
fn a_broken_line_costs_itself() {
    let text = "\u{feff}{\"id\": \"a\", \"schema\": \"Person\"}\r\n{\"id\": \"b\", \"schema\"\r\n[1]\r\n{\"id\": \"c\"}\r\n{\"schema\": \"Person\"}\r\n{\"id\": \"d\", \"schema\": \"Person\", \"properties\": [1]}\r\n{\"id\": \"e\", \"schema\": \"Person\",}\r\n";
    check_entities(
        text,
        &read_entities_ftm(text),
        &["a person", "d person", "e person"],
        &[
            "2 \"\\\"schema\\\"\" a colon and a value are missing after this",
            "3 \"1\" each line is an object, `{\"id\": …}`; this is a list",
            "4 \"id\" an entity needs a `schema` that says what it is; this one is left out",
            "5 \"schema\" an entity needs an `id` to be called by; this one is left out",
            "6 \"1\" `properties` holds fields; this is a list",
            "7 \",\" a comma is left over before `}`",
        ],
    );
}
