//! `undefined-claim`

use super::did_you_mean::{MOST_ARTICLES, Near, nearest, offer, share_slug};
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ClaimReference, ClaimTarget, FileFacts};
use crate::diagnostic::{Edit, Finding, Level};
use crate::text::Place;

pub(super) static RULE: Rule = Rule {
    name: "undefined-claim",
    summary: "a reference to a claim that is not there",
    explanation: "\
`answers=`, `disputes=`, `confirms=`, `repeats=`, `corrects=`, `updates=` and `continues=`, and
`title-claims` in the front matter, point at claims: `#id` in the same article, `slug#id` in
another, and the path of the article without its ending where two share a slug. A reference that
leads nowhere answers nothing: the accusation counts as unanswered, and a correction does not reach
the stories that it should. Fact-checkers ask that every link in a draft's notes can be followed.

    Bad:   [No one was turned away]{.response answers=#kasra-zones}   (the claim is #kasra-zone)
    Good:  [No one was turned away]{.response answers=#kasra-zone}

Correct the id, or give the claim that is meant this id. A claim that was taken out keeps its id if
`corrections` in the front matter lists it. Ids stand with `#` in attributes and without it in the
front matter.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = &context.file.article else { return };
    for reference in article.claim_references.iter().filter(|reference| !reference.confusing) {
        findings.extend(finding(context, reference));
    }
}

fn finding(context: &CorpusContext<'_>, reference: &ClaimReference) -> Option<Finding> {
    let target = context.corpus.claim(context.file, reference);
    if matches!(target, ClaimTarget::Claim(..)) {
        return None;
    }
    let article = reference.article.as_deref();
    if let Some(name) = article.filter(|name| reference.place.span().len() == name.len()) {
        return Some(without_sign(context, reference, name));
    }
    if reference.id.is_empty() {
        let finding = Finding::new(reference.place, "the claim's id is missing after `#`");
        return Some(finding.help("write `#id` for a claim of this article, `slug#id` for one of another"));
    }
    Some(match target {
        ClaimTarget::Claim(..) => return None,
        ClaimTarget::NoArticle => no_article(context, reference, article.unwrap_or_default()),
        ClaimTarget::SeveralArticles => several(context, reference, article.unwrap_or_default()),
        ClaimTarget::NoClaim(file) => no_claim(context, reference, file),
    })
}

/// `answers=kasra-zone`: what should have a `#`.
fn without_sign(context: &CorpusContext<'_>, reference: &ClaimReference, name: &str) -> Finding {
    let is_article = !context.corpus.articles(name).first.is_empty();
    let is_own = context.file.anchor(name).is_some_and(|anchor| anchor.is_claim);
    let message = if is_article && !is_own {
        format!("`{name}` is an article: a claim in it is `{name}#` and its id")
    } else {
        format!("a claim is named by `#` and its id; `{name}` has no `#`")
    };
    let finding = Finding::new(reference.place, message);
    let ids = if is_own { vec![name] } else { nearest(context, name, || claims(context.file)) };
    let near = ids
        .into_iter()
        .map(|id| format!("#{id}"))
        .map(|id| Near::new(id.clone(), context.edit(reference.place, id)))
        .collect();
    offer(finding, near, "write `#id` for a claim of this article, `slug#id` for one of another")
}

fn no_article(context: &CorpusContext<'_>, reference: &ClaimReference, name: &str) -> Finding {
    let near = nearest(context, name, || context.corpus.article_names_near(name))
        .into_iter()
        .map(|name| format!("{name}#{}", reference.id))
        .map(|text| Near::new(text.clone(), edit(context, reference, text)))
        .collect();
    let finding = Finding::new(reference.place, format!("no article has the slug or path `{name}`"));
    offer(finding, near, "correct the name; an article's slug is its file's name without the ending")
}

fn several(context: &CorpusContext<'_>, reference: &ClaimReference, name: &str) -> Finding {
    let articles = context.corpus.articles(name);
    let mut finding = Finding::new(reference.place, share_slug(&articles, name));
    let mut near = Vec::new();
    for article in articles.first.into_iter().take(MOST_ARTICLES) {
        finding = finding.related(&article.path, Place::default(), "this one has the slug");
        if article.anchor(&reference.id).is_some_and(|anchor| anchor.is_claim) {
            let text = format!("{}#{}", article.path_without_ending(), reference.id);
            near.push(Near::new(text.clone(), edit(context, reference, text)));
        }
    }
    offer(finding, near, "write the article's path without its ending; none of these has the claim")
}

fn no_claim(context: &CorpusContext<'_>, reference: &ClaimReference, file: &FileFacts) -> Finding {
    let id = &reference.id;
    let of =
        if file.path == context.file.path { "this article".to_owned() } else { format!("`{}`", file.path) };
    let mut finding = Finding::new(reference.place, format!("{of} has no claim `#{id}`"));
    if let Some(anchor) = file.anchor(id) {
        finding.message = format!("`#{id}` is no claim");
        finding =
            finding.related(&file.path, anchor.place, "this has the id, and no class that makes it a claim");
    }
    // Ids stand without their sign in the front matter.
    let is_bare = reference.article.is_none() && reference.place.span().len() == id.len();
    let before = match &reference.article {
        Some(article) => format!("{article}#"),
        None if is_bare => String::new(),
        None => "#".to_owned(),
    };
    let near = nearest(context, id, || claims(file))
        .into_iter()
        .map(|id| format!("{before}{id}"))
        .map(|text| Near::new(text.clone(), edit(context, reference, text)))
        .collect();
    offer(finding, near, "correct the id, or give the claim that is meant this id")
}

/// Puts `text` in the place of a reference, where that is written as it reads and `text`
/// leads somewhere.
fn edit(context: &CorpusContext<'_>, reference: &ClaimReference, text: String) -> Option<Edit> {
    let article = reference.article.as_ref().map_or(0, |article| article.len());
    let bare = article + reference.id.len();
    let is_as_written = [bare, bare + 1].contains(&reference.place.span().len());
    let (article, id) = text.split_once('#').unwrap_or(("", &text));
    let article = Some(article).filter(|article| !article.is_empty()).map(Into::into);
    let meant = ClaimReference { article, id: id.into(), ..reference.clone() };
    let leads = matches!(context.corpus.claim(context.file, &meant), ClaimTarget::Claim(..));
    (is_as_written && leads).then(|| context.edit(reference.place, text))
}

fn claims(file: &FileFacts) -> impl Iterator<Item = &str> {
    let anchors = file.article.iter().flat_map(|article| &article.anchors);
    anchors.filter(|anchor| anchor.is_claim).map(|anchor| &*anchor.id)
}
