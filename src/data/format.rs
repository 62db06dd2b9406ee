//! What a file is written in, which its name says.

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown, with or without front matter.
    Markdown,
    /// YAML; whatever has no other ending is read as that.
    Yaml,
    /// One JSON text.
    Json,
    /// JSON texts, one after the other.
    JsonLines,
    /// BibTeX or BibLaTeX.
    Bibtex,
    /// TOML.
    Toml,
}

impl Format {
    /// Of the file of that path, by its ending; capital letters make no difference.
    #[must_use]
    pub fn of(path: &str) -> Format {
        let name = path.rsplit('/').next().unwrap_or(path);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        match ending.as_str() {
            "md" | "markdown" | "newsmark" => Format::Markdown,
            "json" => Format::Json,
            "jsonl" | "ndjson" | "ftm" => Format::JsonLines,
            "bib" | "bibtex" | "biblatex" => Format::Bibtex,
            "toml" => Format::Toml,
            _ => Format::Yaml,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn the_ending_of_the_name_says_it() {
        assert_eq!(Format::of("2026/pier.MD"), Format::Markdown);
        assert_eq!(Format::of("desk.json/sources.yml"), Format::Yaml);
        assert_eq!(Format::of("people.ftm.ndjson"), Format::JsonLines);
        assert_eq!(Format::of("refs.bib"), Format::Bibtex);
        assert_eq!(Format::of("toml"), Format::Yaml);
    }
}
