//! What a rule looks for, and how bad it is where one looks.

use crate::config::{FILE_NAME, FileSettings, Origin, profile_name};
use crate::diagnostic::Level;
use crate::rules::{self, Profile, Rule};

use super::super::markdown::{Page, escape, strong};

/// The rule of that name, as it is set in a file.
pub(super) fn page(name: &str, settings: &FileSettings) -> Option<Page> {
    let rule = rules::by_name(name)?;
    let setting = settings.setting(rule.name);
    let level = setting.map(|setting| {
        let origin = match &setting.origin {
            Origin::File { line } => format!("by line {line} of {FILE_NAME}"),
            Origin::Override { line, pattern } => {
                format!("by line {line} of {FILE_NAME}, for {}", escape(pattern))
            }
            Origin::Profile(profile) => format!("in the {} profile", profile_name(*profile)),
            Origin::Default | Origin::CommandLine => String::new(),
        };
        let level = word(setting.level);
        format!(" · {level} {origin}").trim_end().to_owned()
    });
    let mut page = Page::new(strong(rule.name) + &level.unwrap_or_default());
    // Markdown of our own, as the explanation.
    page.line(rule.summary.to_owned());
    page.item(levels(rule));
    page.item(format!("[reference]({})", rules::reference(rule.name)));
    page.tail.push(rule.explanation.trim().to_owned());
    Some(page)
}

fn levels(rule: &Rule) -> String {
    let of = |profile: Profile| format!("{}: {}", profile_name(profile), word(rule.levels.at(profile)));
    [Profile::Draft, Profile::Standard, Profile::Publish].map(of).join(", ")
}

fn word(level: Option<Level>) -> &'static str {
    level.map_or("off", Level::as_str)
}
