//! Frames: what stands between two messages on the wire, `Content-Length` and a body.
//!
//! Reading goes on after a damaged frame: a header without a length, or with one that
//! cannot be, costs that message. What follows is found again at the next
//! `Content-Length`. The end of the stream, also in the middle of a frame, is the end.

use std::io::{ErrorKind, Read};

/// The largest body that is read, in bytes. Clients send whole documents, and no document
/// comes near it; a larger number is damage.
const MOST: usize = 256 << 20;

/// The longest header, in bytes: two lines are usual.
const LONGEST_HEADER: usize = 8 << 10;

/// How much is read at once, in bytes.
const CHUNK: usize = 64 << 10;

const LENGTH: &[u8] = b"content-length:";

/// One message as it came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// What stands after the header: JSON, if the client is right.
    Body(Vec<u8>),
    /// Something that is no frame, and what is wrong with it.
    Damaged(&'static str),
}

/// The frames of a stream.
pub(super) struct Frames<R> {
    input: R,
    buffer: Vec<u8>,
    /// What of the buffer has been used.
    at: usize,
    /// Whether the next header has to be searched for.
    lost: bool,
}

impl<R: Read> Frames<R> {
    pub(super) fn new(input: R) -> Self {
        Frames { input, buffer: Vec::new(), at: 0, lost: false }
    }

    /// Where the header ends that begins here, its empty line included.
    fn header_end(&self) -> Option<usize> {
        let rest = &self.buffer[self.at..];
        let ends = memchr::memchr_iter(b'\n', rest).find_map(|line| match &rest[line + 1..] {
            [b'\r', b'\n', ..] => Some(line + 3),
            [b'\n', ..] => Some(line + 2),
            _ => None,
        });
        Some(self.at + ends?)
    }

    /// Where the next `Content-Length` begins, from `from` on.
    fn next_length(&self, from: usize) -> Option<usize> {
        let rest = self.buffer.get(from..)?;
        rest.windows(LENGTH.len()).position(|word| word.eq_ignore_ascii_case(LENGTH)).map(|at| from + at)
    }

    /// Reads on; `None` at the end.
    fn fill(&mut self) -> Option<()> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let before = self.buffer.len();
        self.buffer.resize(before + CHUNK, 0);
        let count = loop {
            match self.input.read(&mut self.buffer[before..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result.unwrap_or(0),
            }
        };
        self.buffer.truncate(before + count);
        (count > 0).then_some(())
    }

    /// Goes to the next `Content-Length`.
    fn find_again(&mut self) -> Option<()> {
        loop {
            if let Some(at) = self.next_length(self.at) {
                self.at = at;
                self.lost = false;
                return Some(());
            }
            // The word may have begun.
            self.at = self.at.max(self.buffer.len().saturating_sub(LENGTH.len() - 1));
            self.fill()?;
        }
    }

    fn damaged(&mut self, end: usize, why: &'static str) -> Frame {
        match self.next_length(self.at + 1).filter(|at| *at < end) {
            Some(at) => self.at = at,
            None => {
                self.at = end;
                self.lost = true;
            }
        }
        Frame::Damaged(why)
    }

    fn body(&mut self, length: usize) -> Option<Frame> {
        let have = length.min(self.buffer.len() - self.at);
        let mut body = self.buffer[self.at..self.at + have].to_vec();
        self.at += have;
        if have < length {
            // Grown as it comes: a number alone takes no memory.
            (&mut self.input).take((length - have) as u64).read_to_end(&mut body).ok()?;
        }
        (body.len() == length).then_some(Frame::Body(body))
    }
}

impl<R: Read> Iterator for Frames<R> {
    type Item = Frame;

    fn next(&mut self) -> Option<Frame> {
        if self.lost {
            self.find_again()?;
        }
        let end = loop {
            // Empty lines between frames are nobody's loss.
            while matches!(self.buffer.get(self.at), Some(b'\r' | b'\n')) {
                self.at += 1;
            }
            if let Some(end) = self.header_end() {
                break end;
            }
            if self.buffer.len() - self.at > LONGEST_HEADER {
                let end = self.buffer.len();
                return Some(self.damaged(end, "the header of a message does not end"));
            }
            self.fill()?;
        };
        match length(&self.buffer[self.at..end]) {
            Err(why) => Some(self.damaged(end, why)),
            Ok(length) => {
                self.at = end;
                self.body(length)
            }
        }
    }
}

/// The length that a header gives, in bytes.
fn length(header: &[u8]) -> Result<usize, &'static str> {
    let header = std::str::from_utf8(header).map_err(|_| "the header of a message is no text")?;
    let mut length = None;
    for line in header.lines().filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').ok_or("the header of a message is none")?;
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err("the header of a message is none");
        }
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse().map_err(|_| "the length of a message is no number")?);
        }
    }
    match length {
        None => Err("a message has no Content-Length"),
        Some(length) if length > MOST => Err("a message is said to be longer than 256 MiB"),
        Some(length) => Ok(length),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A stream that gives a few bytes at a time.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn read(stream: &[u8]) -> Vec<String> {
        let frames = |step: usize| -> Vec<String> {
            Frames::new(Drip(stream, step))
                .map(|frame| match frame {
                    Frame::Body(body) => String::from_utf8_lossy(&body).into_owned(),
                    Frame::Damaged(why) => format!("({why})"),
                })
                .collect()
        };
        let all = frames(usize::MAX);
        assert_eq!(frames(1), all, "however the bytes come");
        all
    }

    #[test]
    fn one_after_the_other() {
        assert_eq!(
            read(
                b"Content-Length: 2\r\n\r\n{}content-length:4\nContent-Type: x; charset=utf-8\n\n[12]\r\n\
                  Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\n7"
            ),
            ["{}", "[12]", "", "7"]
        );
        assert!(read(b"").is_empty());
    }

    #[test]
    fn after_damage_reading_goes_on() {
        let after = "Content-Length: 1\r\n\r\n7";
        for (damage, why) in [
            ("Content-Type: x\r\n\r\n{}", "a message has no Content-Length"),
            ("nothing like it\r\n\r\n", "the header of a message is none"),
            ("Content-Length: many\r\n\r\n{}", "the length of a message is no number"),
            ("Content-Length: -1\r\n\r\n{}", "the length of a message is no number"),
            ("Content-Length: 10000000000\r\n\r\n{}", "a message is said to be longer than 256 MiB"),
            // The length of the one before was too small.
            ("\"rest\": of a message}", "the header of a message is none"),
        ] {
            assert_eq!(read(format!("{damage}{after}").as_bytes()), [format!("({why})"), "7".to_owned()]);
        }
        let endless = "x".repeat(3 * LONGEST_HEADER);
        assert_eq!(
            Frames::new(format!("{endless}{after}").as_bytes()).last(),
            Some(Frame::Body(b"7".to_vec()))
        );
    }

    #[test]
    fn what_is_cut_off_is_the_end() {
        for stream in ["Content-Length: 1", "Content-Length: 1\r\n\r\n", "Content-Length: 100\r\n\r\n{}"] {
            assert!(read(stream.as_bytes()).is_empty(), "{stream}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(stream in prop::collection::vec(
            prop_oneof![Just(b"Content-Length: ".to_vec()), Just(b"\r\n\r\n".to_vec()), "[0-9]{1,3}".prop_map(String::into_bytes),
                prop::collection::vec(any::<u8>(), 0..9)], 0..30)) {
            let stream = stream.concat();
            prop_assert!(Frames::new(&*stream).count() <= stream.len());
        }
    }
}
