//! Where a source is on the web.

use super::{Source, Text};

/// `text` as an address that a browser opens: of `https` or `http`, and of no other scheme.
#[must_use]
pub fn web_address(text: &str) -> Option<&str> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_whole = !rest.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_web && is_whole).then_some(text)
}

/// A DOI as an address; one that is an address already stays as it is.
#[must_use]
pub fn doi_address(doi: &str) -> String {
    let doi = doi.trim();
    if doi.contains("://") { doi.to_owned() } else { format!("https://doi.org/{doi}") }
}

impl Source {
    /// Where it is on the web: its address, or failing that its DOI's.
    #[must_use]
    pub fn web_address(&self) -> Option<String> {
        let url = self.url.as_ref().and_then(|url| web_address(url.as_str()));
        url.map(str::to_owned).or_else(|| self.doi_address())
    }

    /// Where its DOI leads to.
    #[must_use]
    pub fn doi_address(&self) -> Option<String> {
        let doi = self.doi.as_ref().map(Text::as_str).filter(|doi| !doi.trim().is_empty())?;
        web_address(&doi_address(doi)).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_opens_is_an_address() {
        for text in ["https://example.org/a", "HTTP://example.org", " https://example.org/a?b#c "] {
            assert_eq!(web_address(text), Some(text.trim()));
        }
        for text in [
            "",
            "example.org",
            "javascript:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "command:x",
            "file:///etc/hosts",
            "https://",
            "https://example.org/a b",
            "https://example.org/\u{1}",
        ] {
            assert_eq!(web_address(text), None, "{text}");
        }
    }
}
