//! bash's coprocesses. What one reads is written before it runs: it runs when its end of the pipe is closed or its
//! output is asked for.

use std::rc::Rc;

use shell::Command;

use super::shell::{Flow, Shell};
use super::{Descriptor, Machine};

/// A coprocess that has not run yet.
#[derive(Clone, Debug)]
pub(super) struct Coprocess {
    body: Rc<Command>,
    input: Descriptor,
    output: Descriptor,
    /// The shell's ends: what it reads from, what it writes to.
    ends: (u32, u32),
}

impl Shell {
    /// Starts `coproc NAME command`.
    pub(super) fn start_coprocess(&mut self, machine: &mut Machine<'_>, name: &str, body: &Rc<Command>) -> Flow {
        let (input, output) = (Descriptor::buffer(), Descriptor::buffer());
        // bash moves its ends up to 63 and 60.
        let ends = (63, 60);
        self.process.fds.insert(ends.0, output.clone());
        self.process.fds.insert(ends.1, input.clone());
        self.set_array(name, vec![ends.0.to_string(), ends.1.to_string()]);
        let pid = machine.new_pid();
        self.set(&format!("{name}_PID"), &pid.to_string());
        self.last_background = Some(pid);
        self.jobs.insert(pid, (0, machine.meter.ms));
        self.coprocess = Some(Coprocess { body: Rc::clone(body), input, output, ends });
        self.status = 0;
        Flow::Next
    }

    /// Lets the coprocess run, where a descriptor is one of its ends.
    pub(super) fn run_coprocess(&mut self, machine: &mut Machine<'_>, fd: u32) {
        let wanted = self.coprocess.as_ref().is_some_and(|coprocess| coprocess.ends.0 == fd || coprocess.ends.1 == fd);
        let Some(coprocess) = self.coprocess.take_if(|_| wanted) else { return };
        let mut child = self.subshell(machine);
        child.set_stdin(coprocess.input.collected());
        child.process.fds.insert(1, coprocess.output.clone());
        child.run_subshell(machine, |shell, machine| shell.command(machine, &coprocess.body));
        let written = coprocess.output.collected();
        self.process.fds.insert(coprocess.ends.0, Descriptor::reader(written));
        if let Some(pid) = self.last_background {
            self.jobs.insert(pid, (child.status, machine.meter.ms));
        }
    }
}
