//! `newsmark parse`: what is read from one article, for programs (`docs/json.md`).

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{anyhow, bail};
use serde::Serialize;

use super::Exit;
use super::args::Parse;
use super::output::Output;
use super::report::JsonRange;
use crate::workspace::discover;

pub(super) fn run(args: &Parse, out: &mut Output) -> anyhow::Result<Exit> {
    let requests = discover(std::slice::from_ref(&args.file))?;
    let shown = args.file.display();
    let Some((request, named)) = requests.first().and_then(|request| Some((request, request.named.first()?)))
    else {
        bail!("{shown}: there is nothing to parse");
    };
    if named.is_folder {
        bail!("{shown}: is a folder; name an article");
    }
    let text =
        request.root.read_named(&named.path).map_err(|problem| anyhow!("{shown}: {}", problem.message()))?;
    serde_json::to_writer(&mut *out, &parsed(&named.path, &text))?;
    writeln!(out)?;
    Ok(Exit::Clean)
}

/// What is read from one article, each list in the order of the text.
#[derive(Serialize)]
struct Parsed<'a> {
    path: &'a str,
    claims: Vec<Claim>,
    citations: Vec<Citation>,
    mentions: Vec<Mention>,
    problems: Vec<Problem>,
}

#[derive(Serialize)]
struct Claim {
    range: JsonRange,
    id: Option<String>,
    classes: Vec<String>,
    attributes: BTreeMap<String, String>,
    text: String,
    citations: Vec<String>,
}

#[derive(Serialize)]
struct Citation {
    range: JsonRange,
    keys: Vec<String>,
    bare: bool,
}

#[derive(Serialize)]
struct Mention {
    range: JsonRange,
    target: String,
    text: String,
}

#[derive(Serialize)]
struct Problem {
    rule: &'static str,
    range: JsonRange,
    message: String,
}

/// The seam to `syntax`: it turns a tree into these lists.
fn parsed<'a>(path: &'a str, _text: &str) -> Parsed<'a> {
    Parsed { path, claims: Vec::new(), citations: Vec::new(), mentions: Vec::new(), problems: Vec::new() }
}
