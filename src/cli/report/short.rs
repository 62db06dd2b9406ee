//! Findings for people, a line each: `path:line:column: error[rule]: message`.

use std::io::{self, Write};

use super::Part;
use crate::cli::output::{Output, plain};

pub(super) fn write(out: &mut Output, part: &Part<'_>) -> io::Result<()> {
    for finding in part.findings {
        let at = finding.location.place.start;
        let path = part.shown(&finding.location.path);
        writeln!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            plain(&path),
            at.line + 1,
            at.column + 1,
            finding.level,
            finding.rule,
            plain(&finding.message)
        )?;
        if out.is_closed() {
            break;
        }
    }
    Ok(())
}
