//! Signals and traps.

use super::Machine;
use super::shell::{Flow, Shell};

/// The signals by number, from 1.
const SIGNALS: &[&str] = &[
    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
    "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "POLL",
    "PWR", "SYS",
];

/// The number of a signal written as `9`, `KILL` or `SIGKILL`; 0 is no signal.
pub(super) fn signal_number(text: &str) -> Option<i32> {
    if let Ok(number) = text.parse::<i32>() {
        return (0..=64).contains(&number).then_some(number);
    }
    let upper = text.to_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    if name == "EXIT" {
        return Some(0);
    }
    SIGNALS.iter().position(|signal| *signal == name).and_then(|index| i32::try_from(index + 1).ok())
}

/// The name of a signal, without SIG.
pub(super) fn signal_name(number: i32) -> Option<&'static str> {
    SIGNALS.get(usize::try_from(number.checked_sub(1)?).ok()?).copied()
}

impl Shell {
    /// Runs the action of a trap. Its status is not kept.
    pub(super) fn run_trap(&mut self, machine: &mut Machine<'_>, name: &str) -> Flow {
        let Some(action) = self.traps.get(name).cloned() else { return Flow::Next };
        let (status, was, line) = (self.status, self.in_trap, self.line);
        self.in_trap = true;
        let offset = self.line_offset;
        if self.dialect == shell::Dialect::Bash {
            // The trap of RETURN counts from 1; the others are told where they were set off.
            self.line_offset = i64::from(line) - 1;
        }
        let flow = self.run_text(machine, &action);
        self.line_offset = offset;
        (self.in_trap, self.line) = (was, line);
        if flow != Flow::Exit {
            self.status = status;
        }
        if flow == Flow::Exit { Flow::Exit } else { Flow::Next }
    }

    /// Runs the EXIT trap, once; an `exit` in it decides the status.
    pub(super) fn exit_trap(&mut self, machine: &mut Machine<'_>) {
        if self.killed.is_some() {
            return;
        }
        if let Some(action) = self.traps.remove("EXIT")
            && !action.is_empty()
        {
            let status = self.status;
            self.tested = 1;
            self.line_offset = 0;
            if self.run_text(machine, &action) != Flow::Exit {
                self.status = status;
            }
        }
    }

    /// Acts on signals that this shell has got.
    pub(super) fn pending_signals(&mut self, machine: &mut Machine<'_>) -> Flow {
        let Some(signals) = machine.signals.remove(&self.process.pid) else { return Flow::Next };
        for signal in signals {
            let Some(name) = signal_name(signal) else { continue };
            match self.traps.get(name) {
                Some(action) if action.is_empty() && name != "KILL" => {}
                Some(_) if name != "KILL" => {
                    let flow = self.run_trap(machine, name);
                    if flow != Flow::Next {
                        return flow;
                    }
                }
                // Process 1 of a container is not killed from inside; these signals kill nobody.
                _ if self.process.pid == 1 || matches!(name, "CHLD" | "CONT" | "URG" | "WINCH") => {}
                _ => {
                    self.status = 128 + signal;
                    self.killed = Some(signal);
                    return Flow::Exit;
                }
            }
        }
        Flow::Next
    }
}
