//! `newsmark parse`: what is read from one article, for programs (`docs/json.md`).

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{anyhow, bail};
use serde::Serialize;

use super::Exit;
use super::args::Parse;
use super::output::Output;
use super::report::JsonRange;
use crate::syntax::{self, front_matter};
use crate::text::{LineIndex, Span};
use crate::workspace::{Request, discover};

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
    let knows = known_keys(request, &named.path, &text);
    serde_json::to_writer(&mut *out, &parsed(&named.path, &text, knows))?;
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

/// What is read from `text`. `knows` says of a bare key whether it is a source: only
/// then it is a citation.
fn parsed<'a>(path: &'a str, text: &str, knows: impl Fn(&str) -> bool) -> Parsed<'a> {
    let article = syntax::parse(text);
    let front =
        article.front_matter.as_ref().map(|block| front_matter::read(text, block)).unwrap_or_default();
    let belongings = syntax::belongings(&article, front.language());
    let lines = LineIndex::new(text);
    let range = |span: Span| JsonRange::from(lines.place(text, span));
    let keys = |citation: usize| article.citations[citation].items.iter().map(|item| item.key.of(text));
    let claims = article.claims().map(|(index, claim)| {
        let cited = belongings.citations_of(&article, index, |citation| keys(citation).any(&knows));
        let mut own: Vec<String> = Vec::new();
        for key in cited.into_iter().flat_map(keys) {
            if !own.iter().any(|known| known == key) {
                own.push(key.to_owned());
            }
        }
        Claim {
            range: range(claim.span),
            id: claim.attributes.id().map(|id| id.text.to_string()),
            classes: claim.attributes.classes().map(|(_, class)| class.to_owned()).collect(),
            attributes: claim
                .attributes
                .pairs(text)
                .map(|(key, item)| (key.to_owned(), item.text.to_string()))
                .collect(),
            text: article.clean_text(claim).to_owned(),
            citations: own,
        }
    });
    let citations = article.citations.iter().enumerate().map(|(index, citation)| Citation {
        range: range(citation.span),
        keys: keys(index).map(str::to_owned).collect(),
        bare: citation.bare,
    });
    let mentions = article.mentions.iter().map(|mention| Mention {
        range: range(mention.span),
        target: mention.target.of(text).to_owned(),
        text: mention.shown.unwrap_or(mention.target).of(text).to_owned(),
    });
    let problems = article.problems.iter().map(|problem| Problem {
        rule: problem.kind.rule(),
        range: range(problem.span),
        message: problem.message.clone(),
    });
    Parsed {
        path,
        claims: claims.collect(),
        citations: citations.collect(),
        mentions: mentions.collect(),
        problems: problems.collect(),
    }
}

/// The keys of the sources that an article can cite: its own and the registries'.
fn known_keys(request: &Request, path: &str, text: &str) -> impl Fn(&str) -> bool + use<> {
    let files = request.root.files(&request.named);
    let loaded = request.root.load_for(&files, path, text);
    let path = path.to_owned();
    move |key| {
        let article = loaded.corpus.at_path(&path).and_then(|id| loaded.corpus.file(id));
        article.is_some_and(|article| loaded.corpus.source(article, key).is_some())
    }
}
