//! `newsmark parse`: what is read from one article, for programs (`docs/json.md`).

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{anyhow, bail};
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::Exit;
use super::args::Parse;
use super::output::Output;
use super::report::JsonRange;
use super::shielded::Shielded;
use crate::diagnostic::FilePath;
use crate::syntax::{self, front_matter};
use crate::text::{LineIndex, Span};
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
    let files = request.root.files(&request.named);
    let loaded = request.root.load_for(&files, &named.path, &text);
    let corpus = &loaded.corpus;
    let article = corpus.at_path(&named.path).and_then(|id| corpus.file(id));
    let knows = |key: &str| article.is_some_and(|article| corpus.source(article, key).is_some());
    let path = FilePath::from(&*named.path);
    let shielded = Shielded::new(corpus, [&path]);
    let hide = |text: &str| shielded.hidden(&path, text);
    serde_json::to_writer(&mut *out, &parsed(&named.path, &text, knows, hide))?;
    writeln!(out)?;
    Ok(Exit::Clean)
}

/// What is read from one article, each list in the order of the text.
#[derive(Serialize)]
struct Parsed<'a> {
    path: &'a str,
    claims: Vec<Claim<'a>>,
    citations: Vec<Citation>,
    mentions: Vec<Mention>,
    problems: Vec<Problem>,
}

#[derive(Serialize)]
struct Claim<'a> {
    range: JsonRange,
    id: Option<String>,
    classes: Vec<String>,
    attributes: BTreeMap<String, String>,
    text: String,
    citations: Vec<&'a str>,
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
/// then it is a citation. `hide` dots out the names that must not stand there.
fn parsed<'a>(
    path: &'a str,
    text: &'a str,
    knows: impl Fn(&str) -> bool,
    hide: impl Fn(&str) -> String,
) -> Parsed<'a> {
    let article = syntax::parse(text);
    let front =
        article.front_matter.as_ref().map(|block| front_matter::read(text, block)).unwrap_or_default();
    let belongings = syntax::belongings(&article, front.language());
    let lines = LineIndex::new(text);
    let range = |span: Span| JsonRange::from(lines.place(text, span));
    let keys = |citation: usize| article.citations[citation].items.iter().map(|item| item.key.of(text));
    // Asked once of each citation, not once more for every claim of its sentence.
    let counts: Vec<bool> = (0..article.citations.len()).map(|citation| keys(citation).any(&knows)).collect();
    // The claims of a sentence mostly have the same keys.
    let mut last: (Vec<usize>, Vec<&str>) = (Vec::new(), Vec::new());
    let claims = article.claims().map(|(index, claim)| {
        let cited = belongings.citations_of(&article, index, |citation| counts[citation]);
        if cited != last.0 {
            let mut seen = FxHashSet::default();
            let own = cited.iter().copied().flat_map(keys).filter(|key| seen.insert(*key)).collect();
            last = (cited, own);
        }
        let own = last.1.clone();
        Claim {
            range: range(claim.span),
            id: article.id_of(claim).map(&hide),
            classes: claim.attributes.classes().map(|(_, class)| hide(class)).collect(),
            attributes: claim
                .attributes
                .pairs(text)
                .map(|(key, item)| (hide(key), hide(&item.text)))
                .collect(),
            text: hide(article.clean_text(claim)),
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
        target: hide(mention.target.of(text)),
        text: hide(article.shown_text(mention).unwrap_or(mention.target.of(text))),
    });
    let in_text =
        article.problems.iter().map(|problem| (problem.span, problem.kind.rule(), &problem.message));
    let in_front = front.problems.iter().map(|problem| (problem, "invalid-front-matter"));
    let in_dates = front.invalid_dates.iter().map(|problem| (problem, "invalid-date"));
    let in_front = in_front.chain(in_dates).map(|(problem, rule)| (problem.span, rule, &problem.message));
    let mut problems: Vec<_> = in_text.chain(in_front).collect();
    problems.sort_by_key(|(span, ..)| span.start);
    let problems = problems.into_iter().map(|(span, rule, message)| Problem {
        rule,
        range: range(span),
        message: hide(message),
    });
    Parsed {
        path,
        claims: claims.collect(),
        citations: citations.collect(),
        mentions: mentions.collect(),
        problems: problems.collect(),
    }
}
