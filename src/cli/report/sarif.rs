//! Findings in SARIF 2.1.0, for code scanning:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::BTreeMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Part, Report};
use crate::cli::identity::{About, Fingerprints};
use crate::cli::output::Output;
use crate::diagnostic::{Diagnostic, Edit, Fix, Level, Location, Related};
use crate::rules::{self, Rule};
use crate::text::Place;

/// What stays as it is in the path of an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Fingerprints that are made otherwise have another name.
const FINGERPRINT: &str = "newsmark/v1";

pub(super) fn write(out: &mut Output, report: &Report<'_>) -> io::Result<()> {
    let used: BTreeMap<&str, usize> = {
        let all = report.parts.iter().flat_map(|part| part.findings).map(|finding| finding.rule);
        let names: std::collections::BTreeSet<&str> = all.collect();
        names.into_iter().zip(0..).collect()
    };
    let rules: Vec<Value> = used.keys().filter_map(|name| rules::by_name(name)).map(rule).collect();
    let driver = json!({
        "name": "newsmark",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    // Result by result: there may be very many.
    out.write_all(br#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":"#)?;
    serde_json::to_writer(&mut *out, &driver)?;
    out.write_all(br#"},"columnKind":"unicodeCodePoints","originalUriBaseIds":{"SRCROOT":{"description":{"text":"The folder in which newsmark was run."}}},"results":["#)?;
    let mut fingerprints = Fingerprints::default();
    let mut comma = "";
    for part in &report.parts {
        let mut sources = part.sources();
        for (finding, about) in part.findings.iter().zip(part.abouts) {
            writeln!(out, "{comma}")?;
            let print = fingerprints.of(finding, about.as_ref(), &mut sources);
            serde_json::to_writer(&mut *out, &result(part, finding, about.as_ref(), &print, &used))?;
            comma = ",";
        }
    }
    writeln!(out, "]}}]}}")
}

fn rule(rule: &Rule) -> Value {
    let levels = rule.levels;
    let level = levels.standard.or(levels.publish).map_or("none", level);
    json!({
        "id": rule.name,
        "shortDescription": { "text": format!("{}.", capital(rule.summary)) },
        "fullDescription": { "text": rule.explanation.trim() },
        "help": { "text": rule.explanation.trim(), "markdown": rule.explanation.trim() },
        "defaultConfiguration": { "level": level },
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Hint => "note",
    }
}

fn result(
    part: &Part<'_>,
    finding: &Diagnostic,
    about: Option<&About>,
    fingerprint: &str,
    rules: &BTreeMap<&str, usize>,
) -> Value {
    let said = match &finding.help {
        Some(help) => format!("{}: {help}", capital(&finding.message)),
        None => format!("{}.", capital(&finding.message)),
    };
    let mut location = json!({ "physicalLocation": physical(part, &finding.location) });
    if let Some((kind, name)) = about.and_then(|about| about.split_once(' ')) {
        location["logicalLocations"] = json!([{ "name": name, "kind": kind }]);
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.level),
        "message": { "text": said },
        "locations": [location],
        "partialFingerprints": { FINGERPRINT: fingerprint },
    });
    if let Some(index) = rules.get(finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().zip(1..).map(|(one, id)| related(part, one, id));
        result["relatedLocations"] = related.collect();
    }
    if !finding.fixes.is_empty() {
        result["fixes"] = finding.fixes.iter().map(|one| fix(part, one)).collect();
    }
    result
}

fn related(part: &Part<'_>, related: &Related, id: usize) -> Value {
    json!({
        "id": id,
        "message": { "text": related.message },
        "physicalLocation": physical(part, &related.location),
    })
}

fn fix(part: &Part<'_>, fix: &Fix) -> Value {
    let mut files: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(&edit.location.path).or_default().push(edit);
    }
    let changes: Vec<Value> = files
        .into_iter()
        .map(|(path, edits)| {
            let replacements = edits.into_iter().map(|edit| {
                json!({
                    "deletedRegion": region(edit.location.place),
                    "insertedContent": { "text": edit.text },
                })
            });
            json!({
                "artifactLocation": artifact(part, path),
                "replacements": replacements.collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "description": { "text": format!("{}.", fix.title) }, "artifactChanges": changes })
}

fn physical(part: &Part<'_>, location: &Location) -> Value {
    json!({
        "artifactLocation": artifact(part, &location.path),
        "region": region(location.place),
    })
}

fn artifact(part: &Part<'_>, path: &str) -> Value {
    json!({ "uri": utf8_percent_encode(&part.shown(path), PATH).to_string(), "uriBaseId": "SRCROOT" })
}

fn region(place: Place) -> Value {
    json!({
        "startLine": place.start.line + 1,
        "startColumn": place.start.column + 1,
        "endLine": place.end.line + 1,
        "endColumn": place.end.column + 1,
        "byteOffset": place.start.offset,
        "byteLength": place.end.offset - place.start.offset,
    })
}
