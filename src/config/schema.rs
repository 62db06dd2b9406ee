//! The JSON schema of `newsmark.toml`, for editors that complete and check TOML by one.

// The structs below are never filled: they are the shape that the schema is made of,
// and their comments are its descriptions. A test holds them to what `read` knows.
#![allow(dead_code)]

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{ARTICLES, ENTITIES, EXCLUDE, SOURCES};
use crate::rules::{self, Profile, Rule};

/// The configuration of a newsmark corpus. The folder that holds it is the corpus root.
#[derive(JsonSchema)]
#[schemars(rename = "newsmark.toml", rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    /// The versions of newsmark that this corpus may be checked with, such as ">=0.1".
    #[schemars(extend("examples" = [">=0.1"]))]
    required_version: Option<String>,
    /// How strict newsmark is: `draft` while writing, `standard` while editing, `publish` before it goes out.
    #[schemars(schema_with = "profile")]
    profile: Option<Profile>,
    /// Which files belong to the corpus, and as what.
    corpus: Option<Corpus>,
    /// Levels of single rules, in place of those that the profile has.
    #[schemars(schema_with = "levels")]
    rules: Option<Value>,
    /// What suppression comments have to look like.
    suppressions: Option<Suppressions>,
    /// When pictures are too old.
    pictures: Option<Pictures>,
    /// Which entity an ambiguous name stands for: `"Norhaven" = "northland-gov"`.
    names: Option<BTreeMap<String, String>>,
    /// Other settings for some files. Where several entries take a file, the last one counts.
    overrides: Option<Vec<Override>>,
}

/// Which files belong to the corpus, and as what. Patterns count from the folder of
/// newsmark.toml; `*` stays within a folder, `**` does not.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Corpus {
    /// The articles.
    #[schemars(schema_with = "articles")]
    articles: Option<Vec<String>>,
    /// Registries of entities. What is named here is read even where git ignores it.
    #[schemars(schema_with = "entities")]
    entities: Option<Vec<String>>,
    /// Bibliographies. What is named here is read even where git ignores it.
    #[schemars(schema_with = "sources")]
    sources: Option<Vec<String>>,
    /// Files and folders that are no part of the corpus, besides the defaults.
    #[schemars(schema_with = "exclude")]
    exclude: Option<Vec<String>>,
    /// The largest file that is read: bytes, or a text such as "16 MiB".
    #[schemars(schema_with = "size")]
    size_limit: Option<Value>,
}

/// What suppression comments have to look like.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Suppressions {
    /// Whether `<!-- newsmark-ignore RULE -->` needs a reason after a colon.
    #[schemars(extend("default" = false))]
    require_reason: Option<bool>,
}

/// When pictures are too old.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Pictures {
    /// How many days before its article a picture may have been taken at most that is not
    /// marked as a file photo.
    #[schemars(extend("default" = 30))]
    outdated_days: Option<u32>,
}

/// Other settings for some files.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Override {
    /// The files, as patterns from the folder of newsmark.toml.
    #[schemars(schema_with = "some_patterns")]
    paths: Vec<String>,
    /// How strict newsmark is in these files.
    #[schemars(schema_with = "profile")]
    profile: Option<Profile>,
    /// Levels of single rules in these files.
    #[schemars(schema_with = "levels")]
    rules: Option<Value>,
}

/// The schema, with every rule of this newsmark in it.
#[must_use]
pub fn schema() -> Value {
    let mut schema = SchemaGenerator::default().into_root_schema_for::<File>();
    schema.insert("title".to_owned(), json!(super::FILE_NAME));
    let mut schema = schema.to_value();
    without_null(&mut schema);
    // A field with a schema of its own counts as required, `Option` or not.
    for at in ["", "/$defs/Corpus"] {
        if let Some(table) = schema.pointer_mut(at).and_then(Value::as_object_mut) {
            table.remove("required");
        }
    }
    if let Some(required) = schema.pointer_mut("/$defs/Override/required") {
        *required = json!(["paths"]);
    }
    schema
}

/// Takes `null` out wherever it stands for a setting that is not there: TOML has none.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(without_null),
        Value::Object(object) => {
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|name| name != "null");
                if let [one] = &mut types[..] {
                    let one = one.take();
                    object.insert("type".to_owned(), one);
                }
            }
            if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
                choices.retain(|choice| choice["type"] != "null");
                if let [one] = &mut choices[..]
                    && let Value::Object(one) = one.take()
                {
                    object.remove("anyOf");
                    object.extend(one);
                }
            }
            object.values_mut().for_each(without_null);
        }
        _ => {}
    }
}

fn levels(_: &mut SchemaGenerator) -> Schema {
    let properties: Map<String, Value> = levels_of(rules::ALL).collect();
    json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn levels_of(known: &'static [&'static Rule]) -> impl Iterator<Item = (String, Value)> {
    let words = |rule: &Rule| {
        [Profile::Draft, Profile::Standard, Profile::Publish]
            .map(|profile| rule.levels.at(profile).map_or("off", |level| level.as_str()))
    };
    known.iter().map(move |rule| {
        let [draft, standard, publish] = words(rule);
        let description =
            format!("{} (draft: {draft}, standard: {standard}, publish: {publish})", rule.summary);
        let levels = ["error", "warning", "hint", "off"];
        (rule.name.to_owned(), json!({ "enum": levels, "description": description }))
    })
}

fn profile(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": ["draft", "standard", "publish"], "default": "standard" })
}

fn patterns(default: &[&str]) -> Schema {
    json_schema!({
        "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
        "default": default,
    })
}

fn some_patterns(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
}

fn articles(_: &mut SchemaGenerator) -> Schema {
    patterns(ARTICLES)
}

fn entities(_: &mut SchemaGenerator) -> Schema {
    patterns(ENTITIES)
}

fn sources(_: &mut SchemaGenerator) -> Schema {
    patterns(SOURCES)
}

fn exclude(_: &mut SchemaGenerator) -> Schema {
    patterns(EXCLUDE)
}

fn size(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "anyOf": [
            { "type": "integer", "minimum": 1, "maximum": u32::MAX },
            { "type": "string", "pattern": r"^\s*[0-9][0-9._]*\s*([KkMmGg]([Ii]?[Bb])?|[Bb]|[Bb]ytes?)?\s*$" },
        ],
        "default": "16 MiB",
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn knows_the_keys_that_are_read() {
        let schema = schema();
        let keys = |at: &str| {
            let mut keys: Vec<String> =
                schema.pointer(at).and_then(Value::as_object).expect(at).keys().cloned().collect();
            keys.sort();
            keys
        };
        let sorted = |keys: &[&str]| {
            let mut keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
            keys.sort();
            keys
        };
        assert_eq!(keys("/properties"), sorted(read::TOP));
        assert_eq!(keys("/$defs/Corpus/properties"), sorted(read::CORPUS));
        assert_eq!(keys("/$defs/Suppressions/properties"), sorted(read::SUPPRESSIONS));
        assert_eq!(keys("/$defs/Pictures/properties"), sorted(read::PICTURES));
        assert_eq!(keys("/$defs/Override/properties"), sorted(read::OVERRIDE));
    }

    #[test]
    fn describes_each_rule() {
        for rule in rules::ALL {
            let description = schema()["properties"]["rules"]["properties"][rule.name]["description"].clone();
            assert!(description.as_str().is_some_and(|text| text.starts_with(rule.summary)), "{}", rule.name);
        }
    }
}
