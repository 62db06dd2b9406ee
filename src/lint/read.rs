//! From one file's text to its facts, with what the rules about single files find.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::corpus::{
    FileFacts, FileKind, RegistryFormat, RegistryProblems, SourceText, add_entity_page, article_facts,
    guarded_stretches, registry_facts,
};
use crate::data::{self, Format};
use crate::diagnostic::{Edit, FilePath, Finding, Fix};
use crate::rules::{self, Check, TextContext};
use crate::syntax::{self, Problem, front_matter};
use crate::text::{LineIndex, Span};

use super::guard::{self, internal_error};

/// What the configuration takes a file for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRole {
    /// An article, or a page about an entity.
    Article,
    /// A registry of entities, or a page about one.
    Entities,
    /// A registry of sources.
    Sources,
    /// Sources for the articles that name the file.
    Bibliography,
}

/// Reads a file. Whatever goes wrong in the reading of it is said in its findings.
#[must_use]
pub fn read(path: &FilePath, text: &str, role: FileRole) -> FileFacts {
    catch_unwind(AssertUnwindSafe(|| boil_down(path, text, role))).unwrap_or_else(|_| {
        let mut facts = FileFacts::empty(path.clone(), kind(role));
        facts.findings.push(internal_error("reading this file failed"));
        facts
    })
}

pub(super) fn kind(role: FileRole) -> FileKind {
    match role {
        FileRole::Article => FileKind::Article,
        FileRole::Entities | FileRole::Sources => FileKind::Registry,
        FileRole::Bibliography => FileKind::Bibliography,
    }
}

fn boil_down(path: &FilePath, text: &str, role: FileRole) -> FileFacts {
    let lines = LineIndex::new(text);
    let source = SourceText { path, text, lines: &lines };
    match registry_format(path, role) {
        Some(format) => registry(&source, kind(role), format),
        None => markdown(&source, role),
    }
}

/// What a registry is written in, by its ending; none for Markdown.
pub(super) fn registry_format(path: &str, role: FileRole) -> Option<RegistryFormat> {
    match (role, Format::of(path)) {
        (_, Format::Markdown) | (FileRole::Article, _) => None,
        (FileRole::Entities, Format::Json | Format::JsonLines) => Some(RegistryFormat::FollowTheMoney),
        (FileRole::Entities, _) => Some(RegistryFormat::EntityYaml),
        (_, Format::Json) => Some(RegistryFormat::CslJson),
        (_, Format::Bibtex) => Some(RegistryFormat::Bibtex),
        _ => Some(RegistryFormat::CslYaml),
    }
}

fn registry(source: &SourceText<'_>, kind: FileKind, format: RegistryFormat) -> FileFacts {
    let (mut facts, problems) = registry_facts(source, kind, format);
    let context = TextContext { source, article: None, facts: &facts, registry: &problems };
    facts.findings = text_rules(&context);
    // As everything else in a registry: so that entries can be put in the place of others.
    facts.findings.sort();
    facts.broken = is_any_lost(&problems.entries);
    let lists_sources = !matches!(format, RegistryFormat::EntityYaml | RegistryFormat::FollowTheMoney);
    if facts.broken && lists_sources {
        let whole = Span::new(0, source.text.len());
        facts.guarded = guarded_stretches(source, &facts, whole, problems.entries.iter());
    }
    // What is added to a text that does not parse may not be what it seems.
    facts.stub = facts.stub.filter(|_| !facts.broken);
    facts
}

fn markdown(source: &SourceText<'_>, role: FileRole) -> FileFacts {
    let article = syntax::parse(source.text);
    let front =
        article.front_matter.as_ref().map(|block| front_matter::read(source.text, block)).unwrap_or_default();
    let belongings = syntax::belongings(&article, front.language());
    let kind = if front.entity || role != FileRole::Article { FileKind::Dossier } else { FileKind::Article };
    let (mut facts, mut problems) = article_facts(source, kind, &article, &front, &belongings);
    if kind == FileKind::Dossier {
        let RegistryProblems { entries, dates } = add_entity_page(source, &mut facts, &article);
        problems.entries.extend(entries);
        problems.dates.extend(dates);
    }
    let context =
        TextContext { source, article: Some((&article, &front)), facts: &facts, registry: &problems };
    facts.findings = text_rules(&context);
    facts.broken = is_any_lost(&problems.entries) || is_any_lost(&front.problems);
    if facts.broken {
        let lost = problems.entries.iter().chain(&front.problems);
        facts.guarded = guarded_stretches(source, &facts, front.span, lost);
    }
    facts
}

fn is_any_lost(problems: &[data::Problem]) -> bool {
    problems.iter().any(|problem| problem.is_loss)
}

/// Runs every rule that needs no more than the file itself.
fn text_rules(context: &TextContext<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    let problems = context.article.map_or(&[][..], |(article, _)| &article.problems);
    for rule in rules::ALL {
        for check in rule.checks {
            let mut found = guard::run(rule, |found| match check {
                Check::Syntax(kind) => {
                    let own = problems.iter().filter(|problem| problem.kind == *kind);
                    found.extend(own.map(|problem| syntax_finding(context, problem)));
                }
                Check::Text(check) => check(context, found),
                Check::Corpus(_) | Check::Elsewhere => {}
            });
            all.append(&mut found);
        }
    }
    all
}

fn syntax_finding(context: &TextContext<'_>, problem: &Problem) -> Finding {
    let mut finding = Finding::new(context.place(problem.span), problem.message.clone());
    finding.help = problem.help.clone();
    if let Some(fix) = &problem.fix {
        let edits = fix
            .edits
            .iter()
            .map(|(span, text)| Edit::new(context.source.path, context.place(*span), text.clone()))
            .collect();
        finding.fixes.push(Fix { title: fix.title.clone(), edits });
    }
    finding
}
