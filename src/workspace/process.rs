//! Other processes.

/// Whether a process of that number is there. Where the system cannot be asked, it is.
#[must_use]
pub fn is_running(id: u32) -> bool {
    #[cfg(unix)]
    {
        let Some(id) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) else { return true };
        // What belongs to somebody else is there.
        rustix::process::test_kill_process(id) != Err(rustix::io::Errno::SRCH)
    }
    #[cfg(not(unix))]
    {
        let _ = id;
        true
    }
}
