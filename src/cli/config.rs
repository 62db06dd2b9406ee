//! `newsmark config`: the schema, and what holds for a file.

use std::io::Write;

use super::args::ConfigArgs;
use super::output::{Output, plain};
use super::{Exit, table};
use crate::config::{Config, Globs, profile_name, schema, size_text};
use crate::diagnostic::Level;
use crate::workspace::{Files, Request, Root, RootBy, discover_unsaved};

pub(super) fn run(args: &ConfigArgs, out: &mut Output) -> anyhow::Result<Exit> {
    if let Some(file) = &args.show {
        let request = discover_unsaved(file)?;
        show(out, &request)?;
    } else {
        serde_json::to_writer_pretty(&mut *out, &schema())?;
        writeln!(out)?;
    }
    Ok(Exit::Clean)
}

/// Everything that holds for a file, with where it comes from.
fn show(out: &mut Output, request: &Request) -> anyhow::Result<()> {
    let Request { root, named } = request;
    let Some(named) = named.first() else { return Ok(()) };
    let config = &root.config;
    let settings = config.settings_for(&named.path);
    let row = |cells: [String; 3]| cells.to_vec();
    let mut rows = vec![
        row(["file".into(), named.path.to_string(), role(request, &root.files(&request.named))]),
        row([
            "profile".into(),
            profile_name(settings.profile.value).into(),
            settings.profile.origin.to_string(),
        ]),
        row(["size-limit".into(), size_text(config.size_limit.value), config.size_limit.origin.to_string()]),
        row([
            "require-reason".into(),
            config.require_reason.value.to_string(),
            config.require_reason.origin.to_string(),
        ]),
        row([
            "outdated-days".into(),
            config.outdated_days.value.to_string(),
            config.outdated_days.origin.to_string(),
        ]),
    ];
    for (name, globs) in lists(config) {
        for (at, pattern) in globs.patterns().iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            rows.push(row([name.into(), pattern.text.clone(), pattern.origin.to_string()]));
        }
    }
    for name in &config.names {
        let line = config.place(name.name_span).start.line + 1;
        rows.push(row([
            "name".into(),
            format!("{} = {}", name.name, name.entity),
            format!("{}, line {line}", crate::config::FILE_NAME),
        ]));
    }
    writeln!(out, "{}: {}\n", plain(&root.folder.to_string_lossy()), found_by(root))?;
    table::write(out, &rows)?;
    let rules: Vec<Vec<String>> = settings
        .rules()
        .iter()
        .map(|rule| {
            let level = rule.level.map_or("off", Level::as_str);
            row([rule.rule.to_owned(), level.to_owned(), rule.origin.to_string()])
        })
        .collect();
    if !rules.is_empty() {
        writeln!(out)?;
        table::write(out, &rules)?;
    }
    // What is wrong with the configuration is `check`'s to report; here it explains
    // why a setting may not be in the list.
    for problem in &config.problems {
        let place = config.place(problem.span).start;
        writeln!(
            out,
            "\n{}:{}:{}: {}",
            crate::config::FILE_NAME,
            place.line + 1,
            place.column + 1,
            plain(&problem.message)
        )?;
    }
    Ok(())
}

fn lists(config: &Config) -> [(&'static str, &Globs); 4] {
    [
        ("articles", &config.articles),
        ("entities", &config.entities),
        ("sources", &config.sources),
        ("exclude", &config.exclude),
    ]
}

fn found_by(root: &Root) -> &'static str {
    match root.by {
        RootBy::Configuration => "the corpus, because newsmark.toml is there",
        RootBy::Git => "the corpus, because it is the git repository and there is no newsmark.toml",
        RootBy::Named => "the corpus, because the file is there and there is no newsmark.toml",
        RootBy::Alone => "not walked, because it is too wide: the file is its own corpus",
    }
}

/// What the named file is.
fn role(request: &Request, files: &Files) -> String {
    let Some(named) = request.named.first() else { return String::new() };
    if named.is_folder {
        return "folder".to_owned();
    }
    if let Some(entry) = files.entries.iter().find(|entry| entry.path == named.path) {
        return entry.kind.as_str().to_owned();
    }
    if let Some(unread) = files.unread.iter().find(|unread| unread.path == named.path) {
        return unread.problem.message();
    }
    let around = |path: &str| path == &*named.path || (path.ends_with('/') && named.path.starts_with(path));
    match files.left_out.iter().find(|left| around(&left.path)) {
        Some(left) => format!("left out: {}", left.why),
        None => "not there yet".to_owned(),
    }
}
