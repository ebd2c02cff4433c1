//! The user's own commands: JSON on standard input, JSON on standard output, within a time limit.

use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// A command that takes longer is ended: a poll must not hang on it.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// How much of what a failed command said is told.
const TOLD: usize = 300;

/// A command of the user's went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It could not be started.
    #[error("cannot run `{command}`: {why}")]
    Start {
        /// The command.
        command: String,
        /// What the system said.
        why: String,
    },
    /// It took too long, or ended with an error.
    #[error("`{command}` {why}")]
    Ended {
        /// The command.
        command: String,
        /// How.
        why: String,
    },
    /// It did not print JSON.
    #[error("`{command}` printed no JSON: {why}")]
    Output {
        /// The command.
        command: String,
        /// What is wrong with it.
        why: String,
    },
}

impl Error {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Start { .. } => "command-not-started",
            Self::Ended { .. } => "command-failed",
            Self::Output { .. } => "command-output",
        }
    }
}

/// Runs a command with a value on its input; gives what it printed, `Null` if nothing.
pub async fn run(command: &[String], input: &Value) -> Result<Value, Error> {
    let name = command.join(" ");
    let Some((program, arguments)) = command.split_first() else {
        return Err(Error::Start { command: name, why: "it is empty".to_owned() });
    };
    let start = |error: std::io::Error| Error::Start { command: name.clone(), why: error.to_string() };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(start)?;
    if let Some(mut stdin) = child.stdin.take() {
        let bytes = input.to_string().into_bytes();
        // A command may well not read its input.
        tokio::spawn(async move { stdin.write_all(&bytes).await });
    }
    let ended = |why: String| Error::Ended { command: name.clone(), why };
    let output = tokio::time::timeout(TIME_LIMIT, child.wait_with_output())
        .await
        .map_err(|_| ended(format!("took longer than {} s", TIME_LIMIT.as_secs())))?
        .map_err(|error| ended(error.to_string()))?;
    if !output.status.success() {
        let said: String = String::from_utf8_lossy(&output.stderr).trim().chars().take(TOLD).collect();
        return Err(ended(format!("ended with {}: {said}", output.status)));
    }
    if output.stdout.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&output.stdout).map_err(|error| Error::Output { command: name.clone(), why: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sh(script: &str) -> Vec<String> {
        ["sh", "-c", script].map(str::to_owned).to_vec()
    }

    #[tokio::test]
    async fn a_command_sees_json_and_answers_in_json() {
        assert_eq!(run(&sh("cat"), &json!({"title": "x"})).await.unwrap(), json!({"title": "x"}));
        assert_eq!(run(&sh("true"), &json!(1)).await.unwrap(), Value::Null);
    }

    #[tokio::test]
    async fn a_failure_says_what_the_command_said() {
        let error = run(&sh("echo no such luck >&2; exit 3"), &json!(1)).await.unwrap_err();
        assert!(error.to_string().contains("no such luck"), "{error}");
        assert_eq!(run(&sh("echo hello"), &json!(1)).await.unwrap_err().code(), "command-output");
        assert_eq!(run(&["/no/such/program".to_owned()], &json!(1)).await.unwrap_err().code(), "command-not-started");
    }
}
