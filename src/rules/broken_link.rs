//! `broken-link`

use super::did_you_mean::{MOST_ARTICLES, Near, by_name, nearest, offer, share_slug};
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{
    ArticleLink, EntityReference, EntityRole, EntityTarget, FileFacts, LinkFacts, LinkTargetState,
};
use crate::diagnostic::{Finding, Level};
use crate::text::Place;

pub(super) static RULE: Rule = Rule {
    name: "broken-link",
    summary: "a link or picture whose file, heading or claim is not there",
    explanation: "\
A link or picture that points at an article or a picture of the corpus has to find it, and what
stands after `#` has to be a heading, a claim or another id there. The same goes for a wiki link to
an article, `[[slug#claim]]`. A dead link to earlier reporting takes from readers and checkers the
proof that it was reported; the IFCN's code asks for sources that readers can follow.

    Bad:   [as we reported](../02/harbour-raid-day.md)      (the file is harbour-raid-live.md)
    Good:  [as we reported](../02/harbour-raid-live.md)

Correct the path or the part after `#`, or take the link out. Addresses on the web, paths from the
root of a site and pages without an ending are not looked at. A wiki link without `#` that is neither
an entity nor an article is `undefined-entity`.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = &context.file.article else { return };
    findings.extend(article.links.iter().filter_map(|link| broken(context, link)));
    let mentions = context.file.entity_references.iter().filter(|name| name.role == EntityRole::Mention);
    findings.extend(mentions.filter(|name| !name.confusing).filter_map(|name| broken_mention(context, name)));
}

fn broken(context: &CorpusContext<'_>, link: &LinkFacts) -> Option<Finding> {
    let (corpus, file) = (context.corpus, context.file);
    let (path, fragment) = (link.path.as_deref(), link.fragment.as_deref());
    match corpus.link(file, path, fragment) {
        LinkTargetState::There => None,
        // Every page has a top.
        LinkTargetState::NoAnchor if path.is_none() && fragment == Some("top") => None,
        LinkTargetState::NoAnchor => {
            let target = path.map_or(Some(file), |path| corpus.file(corpus.at_path(path)?))?;
            let fragment = fragment?;
            let before = link.written.split('#').next().unwrap_or_default();
            let near = nearest(context, fragment, || ids(target)).into_iter().map(|id| {
                let text = format!("{before}#{id}");
                Near::new(format!("#{id}"), link.editable.then(|| context.edit(link.place, text)))
            });
            let finding = Finding::new(link.place, no_anchor(context, target, fragment));
            Some(offer(finding, near.collect(), "correct what stands after `#`, or take it away"))
        }
        LinkTargetState::NoFile => {
            let path = path?;
            let name = |path: &str| path.rfind('/').map_or(0, |slash| slash + 1);
            let beside = || {
                let names = corpus.files_beside(path).map(|path| &path[name(path)..]);
                names.filter(|name| may_be_meant(name, link.image))
            };
            let written = link.written.split('#').next().unwrap_or_default();
            let fragment = &link.written[written.len()..];
            let folder = &written[..name(written)];
            let near = nearest(context, &path[name(path)..], beside).into_iter().map(|name| {
                let text = format!("{folder}{name}{fragment}");
                // What has to be encoded in a link is left to people.
                let is_plain = link.editable && !text.contains(['%', ' ', '(', ')', '<', '>']);
                Near::new(name, is_plain.then(|| context.edit(link.place, text)))
            });
            let finding = Finding::new(link.place, format!("there is no file `{path}`"));
            Some(offer(finding, near.collect(), "correct the path, or take the link out"))
        }
    }
}

/// A wiki link to an article: one with a `#` can mean nothing else.
fn broken_mention(context: &CorpusContext<'_>, name: &EntityReference) -> Option<Finding> {
    let (corpus, file) = (context.corpus, context.file);
    if !matches!(corpus.entity(file, &name.folded), EntityTarget::Nothing) {
        return None;
    }
    let (article, sign) = name.name.split_at(name.name.find('#').unwrap_or(name.name.len()));
    // A change that leads nowhere either is no mend.
    let change = |to: String| {
        let leads = matches!(corpus.article_link(file, &to), ArticleLink::There(_));
        Near::new(to.clone(), by_name(context, name, &to).filter(|_| leads))
    };
    Some(match corpus.article_link(file, &name.name) {
        ArticleLink::There(_) => return None,
        ArticleLink::NoArticle if sign.is_empty() => return None,
        ArticleLink::NoArticle => {
            let near = nearest(context, article, || corpus.article_names_near(article));
            let near = near.into_iter().map(|article| change(format!("{article}{sign}")));
            let finding = Finding::new(name.place, format!("no article has the slug or path `{article}`"));
            offer(
                finding,
                near.collect(),
                "correct the name; an article's slug is its file's name without the ending",
            )
        }
        ArticleLink::Several => {
            let articles = corpus.articles(article);
            let mut finding = Finding::new(name.place, share_slug(&articles, article));
            let shown = articles.first.into_iter().take(MOST_ARTICLES);
            for article in shown.clone() {
                finding = finding.related(&article.path, Place::default(), "this one has the slug");
            }
            let id = sign.strip_prefix('#');
            let with = shown.filter(|article| id.is_none_or(|id| article.anchor(id).is_some()));
            let near = with.map(|article| change(format!("{}{sign}", article.path_without_ending())));
            offer(finding, near.collect(), "write the article's path without its ending")
        }
        ArticleLink::NoAnchor(target, fragment) => {
            let near = nearest(context, &fragment, || ids(target));
            let near = near.into_iter().map(|id| change(format!("{article}#{id}")));
            let finding = Finding::new(name.place, no_anchor(context, target, &fragment));
            offer(finding, near.collect(), "correct what stands after `#`, or take it away")
        }
    })
}

fn no_anchor(context: &CorpusContext<'_>, target: &FileFacts, fragment: &str) -> String {
    if target.path == context.file.path {
        format!("this article has no heading or claim `#{fragment}`")
    } else {
        format!("`{}` has no heading or claim `#{fragment}`", target.path)
    }
}

fn ids(file: &FileFacts) -> impl Iterator<Item = &str> {
    file.article.iter().flat_map(|article| &article.anchors).map(|anchor| &*anchor.id)
}

/// Whether a file of that name can be what a link or picture points at.
fn may_be_meant(name: &str, image: bool) -> bool {
    let is_article = [".md", ".markdown", ".newsmark"].iter().any(|ending| name.ends_with(ending));
    image != is_article
}
