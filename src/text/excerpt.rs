//! The beginning of a text, to be shown where there is room for no more.

/// The beginning of a text, at most so many characters of it, white space as single spaces. It
/// ends with a word, and with an ellipsis where it goes on.
#[must_use]
pub fn excerpt(text: &str, most: usize) -> Box<str> {
    let mut out = String::new();
    let mut left = most;
    for word in text.split_whitespace() {
        let space = usize::from(!out.is_empty());
        let length = word.chars().count() + space;
        if length > left {
            // A first word longer than all that is kept is cut, others are left out.
            out.extend(word.chars().take(if out.is_empty() { left } else { 0 }));
            out.push('…');
            break;
        }
        left -= length;
        out.extend((space > 0).then_some(' '));
        out.push_str(word);
    }
    out.into()
}
