//! Columns of text.

use std::io::{self, Write};

use super::output::{plain, width};

/// Writes rows with their columns aligned; the last column is as long as it is.
pub(super) fn write(out: &mut dyn Write, rows: &[Vec<String>]) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            let cells = rows.iter().filter(|row| at + 1 < row.len()).filter_map(|row| row.get(at));
            cells.map(|cell| width(&plain(cell))).max().unwrap_or(0)
        })
        .collect();
    for row in rows {
        let mut line = String::new();
        for (cell, width_of_column) in row.iter().zip(&widths) {
            let cell = plain(cell);
            line += &cell;
            line.extend(std::iter::repeat_n(' ', width_of_column.saturating_sub(width(&cell)) + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Breaks text into lines of at most `columns`, between words, each after the first
/// with `indent` in front.
pub(super) fn wrap(text: &str, columns: usize, indent: &str) -> String {
    let mut wrapped = String::new();
    let mut taken = 0;
    for word in text.split_whitespace() {
        let needed = width(word);
        if taken > 0 && taken + 1 + needed > columns {
            wrapped.push('\n');
            wrapped += indent;
            taken = width(indent);
        } else if taken > 0 {
            wrapped.push(' ');
            taken += 1;
        }
        wrapped += word;
        taken += needed;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_width() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let mut out = Vec::new();
        write(&mut out, &[row(&["字", "b", "c c"]), row(&["long", ""]), row(&["x", "bb", "c"])])
            .expect("a vector");
        let text = String::from_utf8(out).expect("text");
        assert_eq!(text, "字    b   c c\nlong\nx     bb  c\n");
    }

    #[test]
    fn words_are_wrapped() {
        assert_eq!(wrap("one two  three\nfour", 9, "  "), "one two\n  three\n  four");
        assert_eq!(wrap("incomprehensible a", 9, ""), "incomprehensible\na");
        assert_eq!(wrap("", 9, ""), "");
    }
}
