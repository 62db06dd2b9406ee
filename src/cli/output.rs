//! Where output goes: one writer for standard output, colours, the width of the
//! terminal, and text made harmless.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use unicode_width::UnicodeWidthChar;

use crate::workspace;

/// Standard output. A reader that goes away (`| head`) ends the output, not the run.
pub(super) struct Output {
    writer: Box<dyn Write>,
    closed: bool,
    /// Whether anything waits to be written. A server has standard output to itself, and
    /// where its client reads no more nobody may wait for it.
    waiting: bool,
    /// Whether to colour what is written.
    pub(super) colour: bool,
    /// How many columns a line has.
    pub(super) width: usize,
}

/// The width where nothing says how wide the terminal is: pipes and logs.
const WIDTH: usize = 100;

impl Output {
    /// Standard output, with colours where it is a terminal and neither `NO_COLOR` nor
    /// `TERM=dumb` says otherwise, or `CLICOLOR_FORCE` asks for them.
    pub(super) fn stdout() -> Output {
        let stdout = io::stdout();
        let choice = anstream::AutoStream::choice(&stdout);
        let width = terminal_size::terminal_size_of(&stdout).map_or(WIDTH, |(width, _)| width.0.into());
        let colour = choice != anstream::ColorChoice::Never;
        // Where nothing is coloured there is nothing to take out again, which would go
        // through every byte.
        let stream: Box<dyn Write> =
            if colour { Box::new(anstream::AutoStream::new(stdout, choice)) } else { Box::new(stdout) };
        Output {
            writer: Box::new(BufWriter::with_capacity(1 << 16, stream)),
            closed: false,
            waiting: false,
            colour,
            // A terminal of a few columns cannot show a line with its underline.
            width: width.clamp(40, 160),
        }
    }

    /// A file, which is made anew. Nothing in it is coloured.
    pub(super) fn file(path: &Path) -> io::Result<Output> {
        let writer = Box::new(BufWriter::with_capacity(1 << 16, workspace::create(path)?));
        Ok(Output { writer, closed: false, waiting: false, colour: false, width: WIDTH })
    }

    /// Whether anybody still reads.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    fn keep(&mut self, result: io::Result<()>) -> io::Result<()> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            result => result,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.closed {
            self.waiting = true;
            let result = self.writer.write_all(bytes);
            self.keep(result)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed || !self.waiting {
            return Ok(());
        }
        self.waiting = false;
        let result = self.writer.flush();
        self.keep(result)
    }
}

/// Says on standard error what ended the run.
pub(super) fn say_error(text: &str) {
    say("error", anstyle::AnsiColor::Red.on_default().bold(), text);
}

/// Says something on standard error that is no part of the output.
pub(super) fn say_note(text: &str) {
    say("note", anstyle::AnsiColor::Cyan.on_default().bold(), text);
}

/// Nobody can be told where even that fails.
fn say(word: &str, style: anstyle::Style, text: &str) {
    let mut stderr = anstream::stderr().lock();
    let _ = writeln!(stderr, "{style}{word}{style:#}: {}", plain(text));
}

/// Whether somebody sits at standard input.
#[cfg(feature = "server")]
pub(super) fn stdin_is_terminal() -> bool {
    io::stdin().is_terminal()
}

/// Whether standard error is a terminal.
pub(super) fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}

/// How a character is shown in a line of source: itself, or something visible in place
/// of what would move the cursor, vanish, turn the direction of the text, or start an
/// escape sequence of the terminal.
pub(super) fn shown(c: char) -> Cow<'static, str> {
    match c {
        '\t' => Cow::Borrowed("    "),
        '\0'..='\u{1f}' => Cow::Owned(picture(c)),
        '\u{7f}' => Cow::Borrowed("\u{2421}"),
        // What annotate-snippets drops: joiners of emoji, which terminals disagree on.
        '\u{200d}' => Cow::Borrowed(""),
        _ if is_unseen(c) => Cow::Owned(format!("<U+{:04X}>", u32::from(c))),
        _ => Cow::Owned(c.to_string()),
    }
}

/// The columns that [`shown`] takes.
pub(super) fn shown_width(c: char) -> usize {
    match c {
        '\t' => 4,
        '\0'..='\u{1f}' | '\u{7f}' => 1,
        '\u{200d}' => 0,
        _ if is_unseen(c) => {
            if u32::from(c) > 0xFFFF {
                9
            } else {
                8
            }
        }
        _ => c.width().unwrap_or(0),
    }
}

/// Text for one line of a terminal: messages, paths, names.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || c == '\u{200d}' || is_unseen(c)) {
        return Cow::Borrowed(text);
    }
    let one = |c: char| match c {
        '\n' | '\r' | '\t' => Cow::Borrowed(" "),
        c => shown(c),
    };
    Cow::Owned(text.chars().map(one).collect())
}

/// The columns of a text on one line.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The picture of a control character of ASCII.
fn picture(c: char) -> String {
    char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER).to_string()
}

/// Controls past ASCII, which some terminals obey, marks of direction, and what has
/// neither width nor ink.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{200e}'
        | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_obey() {
        assert_eq!(plain("a\u{1b}]0;x\u{7}b\u{9b}31m\u{202e}"), "a␛]0;x␇b<U+009B>31m<U+202E>");
        assert_eq!(plain("two\r\nlines"), "two  lines");
        assert_eq!(plain("héllo 字"), "héllo 字");
    }

    #[test]
    fn widths_are_those_of_what_is_shown() {
        for c in ['\t', '\0', '\u{7f}', 'a', '字', '\u{301}', '\u{200b}', '\u{e0041}', '\u{85}', '\u{200d}']
        {
            assert_eq!(shown_width(c), width(&shown(c)), "{c:?}");
        }
    }
}
