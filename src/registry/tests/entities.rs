use crate::registry::{EntityType, read_entities_yaml, read_entity_page};

use super::check_entities;

#[track_caller]
fn list(text: &str, entries: &[&str], problems: &[&str]) {
    check_entities(text, &read_entities_yaml(text), entries, problems);
}

#[track_caller]
fn page(text: &str, entries: &[&str], problems: &[&str]) {
    check_entities(text, &read_entity_page(text, "stem"), entries, problems);
}

/// The example of the language's specification.
const EXAMPLE: &str = r#"- id: example-m
  type: person            # person, organisation, place, event, work, thing
  name: M. Example
  aliases: [Example, "the ministry's spokesperson"]
  loaded: ["the regime's mouthpiece"]   # names that the house avoids
  summary: Spokesperson of Northland's foreign ministry.
  wikidata: Q42
  roles:
    - {title: spokesperson, of: northland-mfa, from: 2024-08}
  part-of: [northland]
  date: 2026-02-14        # of an event
  place: old-harbour      # of an event
"#;

#[test]
fn every_field_is_read() {
    let entry = "example-m person name=M. Example alias=Example alias=the ministry's spokesperson \
        loaded=the regime's mouthpiece summary=Spokesperson of Northland's foreign ministry. wikidata=Q42 \
        part-of=northland date=2026-02-14 place=old-harbour role=spokesperson/northland-mfa/2024-08/?";
    list(EXAMPLE, &[entry], &[]);
    list(&format!("\u{feff}entities:\n{EXAMPLE}"), &[entry], &[]);
    list(&EXAMPLE.replace('\n', "\r\n"), &[entry], &[]);
    let read = read_entities_yaml(EXAMPLE);
    let entity = &read.entries[0];
    assert_eq!(entity.aliases[1].span.of(EXAMPLE), "the ministry's spokesperson");
    assert_eq!(
        entity.aliases_at.map(|at| at.of(EXAMPLE)),
        Some("[Example, \"the ministry's spokesperson\"]")
    );
    assert!(entity.span.of(EXAMPLE).starts_with("id:") && entity.span.of(EXAMPLE).ends_with("old-harbour"));
    assert!(entity.roles[0].span.of(EXAMPLE).starts_with("{title"));
}

#[test]
fn shorter_ways_to_write_it_are_taken() {
    list("- id: 0311\n  aliases: A, \"B\"", &["0311 alias=A alias=\"B\""], &[]);
    list("- id: a\n  part-of: north , south", &["a part-of=north part-of=south"], &[]);
    list(
        "- id: a\n  roles: mayor\n- id: b\n  roles: {of: x}",
        &["a role=mayor/?/?/?", "b role=?/x/?/?"],
        &[],
    );
    list("- id: a\n  type: Organization\n  name:\n  aliases:\n", &["a organisation"], &[]);
    list("- id: a\n  custom: {x: y}\n  note: z\n", &["a"], &[]);
    list("", &[], &[]);
    list("entities:\n", &[], &[]);
    let text = "- id: a\n  aliases: One, Two\n";
    assert_eq!(read_entities_yaml(text).entries[0].aliases[1].span.of(text), "Two");
}

#[test]
fn what_is_wrong_costs_no_more_than_it_must() {
    list(
        "- name: A\n- id: b\n",
        &["b"],
        &["1 \"name\" an entity needs an `id` to be called by; this one is left out"],
    );
    list(
        "- id: ''\n- id: b\n",
        &["b"],
        &["1 \"id\" an entity needs an `id` to be called by; this one is left out"],
    );
    list("- id: [a]\n- id: b\n", &["b"], &["1 \"a\" `id` is a single value; this is a list"]);
    list("- A\n- id: b\n", &["b"], &["1 \"A\" an entity has fields, `id: …`; this is text"]);
    list("a: b\n", &[], &["1 \"a\" a registry of entities is a list, `- id: …`; this is a mapping"]);
    list(
        "- id: a\n  aliases: {x: y}\n  name: [z]\n  loaded:\n  - q: r\n  - s\n",
        &["a loaded=s"],
        &[
            "2 \"x\" `aliases` is a list of names; this is a mapping",
            "3 \"z\" `name` is a single value; this is a list",
            "5 \"q\" `loaded` is a list of names; this is a mapping",
        ],
    );
    list(
        "- id: a\n  type: persn\n",
        &["a"],
        &["2 \"persn\" `persn` is no type of entity; did you mean `person`?"],
    );
    list(
        "- id: a\n  type: company\n",
        &["a"],
        &["2 \"company\" `company` is no type of entity; did you mean `organisation`?"],
    );
    list(
        "- id: a\n  type: xyz\n",
        &["a"],
        &[
            "2 \"xyz\" `xyz` is no type of entity; it is one of `person`, `organisation`, `place`, `event`, `work` or `thing`",
        ],
    );
    list(
        "- id: a\n  alises: [x]\n  part_of: y\n  role: z\n",
        &["a"],
        &[
            "2 \"alises\" an entity has no field `alises`; did you mean `aliases`?",
            "3 \"part_of\" an entity has no field `part_of`; did you mean `part-of`?",
            "4 \"role\" an entity has no field `role`; did you mean `roles`?",
        ],
    );
    list(
        "- id: a\n  roles:\n  - {titel: x, off: y}\n",
        &["a role=?/?/?/?"],
        &["3 \"titel\" a role has no field `titel`; did you mean `title`?"],
    );
    list(
        "- id: a\n  name: x\n  name: y\n- id: a\n",
        &["a name=x", "a"],
        &["3 \"name\" `name` is given twice; the first is used"],
    );
    let text = "- id: a\n  type: persn\n";
    let entity = &read_entities_yaml(text).entries[0];
    assert_eq!(entity.kind_text.as_ref().map(|kind| kind.as_str()), Some("persn"));
}

#[test]
fn bad_input_costs_the_entry_that_it_stands_in() {
    list(
        "- id: a\n- id: b\n\tname: x\n- id: c\n",
        &["a", "c"],
        &["3 \"\\t\" a tab cannot indent YAML; use spaces"],
    );
    list(
        "- id: a\n  name: x\0y\n- id: c\n",
        &["c"],
        &["2 \"\\0\" a NUL character: the file is damaged here, or is no text file"],
    );
    list(
        "- &x {id: a, name: A}\n- *x\n- <<: *x\n  id: b\n",
        &["a name=A", "a name=A", "b"],
        &["3 \"<<\" `<<` does not bring in the fields of another mapping here; write them out"],
    );
    let deep: String = (0..10_000).map(|level| format!("{}k:\n", " ".repeat(level + 2))).collect();
    let read = read_entities_yaml(&format!("- id: a\n{deep}- id: b\n"));
    assert_eq!((read.entries.len(), read.problems.len()), (1, 1));
}

#[test]
fn a_page_is_an_entity_if_it_says_so() {
    page(
        "---\ntitle: \"A Page\"\nentity: organisation\naliases:\n  - \"Page\"\n---\n\n# A Page\n\nWhat is known.\n",
        &["(stem) organisation name=A Page alias=Page dossier=\"# A Page\\n\\nWhat is known.\""],
        &[],
    );
    page(
        "\u{feff}---\r\nid: x\r\nentity: event\r\nname: N\r\ntitle: T\r\ndate: 2016-03-02\r\n---\r\n",
        &["x event name=N date=2016-03-02"],
        &[],
    );
    page("---\ntitle: An article\ntype: note\n---\nText\n", &[], &[]);
    page("No front matter\n", &[], &[]);
    page(
        "---\nentity: persn\n---\n",
        &["(stem)"],
        &["2 \"persn\" `persn` is no type of entity; did you mean `person`?"],
    );
    page(
        "---\nentity: person\nname: A: B\nsummary: S\n---\n",
        &["(stem) person summary=S"],
        &[
            "3 \":\" a second colon followed by a space; put the value in quotation marks if the colon is part of it",
        ],
    );
    page(
        "---\nentity: place\nname: Unclosed\n\nText\n",
        &["(stem) place name=Unclosed dossier=\"Text\""],
        &["1 \"---\" the front matter that begins here is never closed; end it with a line `---`"],
    );
    let text = "---\nentity: place\nname: Here\n---\n";
    assert_eq!(read_entity_page(text, "stem").entries[0].id.span.of(text), "Here");
}

#[test]
fn types_have_one_word_each() {
    for kind in EntityType::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
}
