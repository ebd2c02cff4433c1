//! What is wrong with a configuration, told with the place, the line and a caret.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error("cannot read the configuration `{path}`")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file is not right; all that is wrong with it.
    #[error("{}", summary(path, text, problems))]
    Broken {
        /// The file.
        path: PathBuf,
        /// Its text.
        text: String,
        /// What is wrong, in the order of the file.
        problems: Vec<Problem>,
    },
    /// The file cannot be changed.
    #[error("cannot change the configuration `{path}`: {reason}")]
    Edit {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Error::Read { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                Some("`feedwright init` writes one to start from; `--config FILE` names another")
            }
            _ => None,
        }
    }

    /// Every problem with its line and a caret, for a terminal (`colour`) or plain.
    pub fn render(&self, colour: bool) -> Option<String> {
        let Error::Broken { path, text, problems } = self else { return None };
        let path = path.display().to_string();
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let blocks: Vec<String> = problems.iter().map(|problem| renderer.render(&problem.report(&path, text))).collect();
        Some(blocks.join("\n\n"))
    }
}

fn summary(path: &std::path::Path, text: &str, problems: &[Problem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| {
            let (line, column) = problem.place(text);
            format!("{}:{line}:{column}: {}", path.display(), problem.message)
        })
        .collect();
    lines.join("\n")
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, and what was expected.
    pub message: String,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What to do, where that is not plain.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem at a place.
    pub fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span, hint: None }
    }

    /// Line and column, both from 1; columns count characters.
    pub fn place(&self, text: &str) -> (usize, usize) {
        let before = text.get(..self.span.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }

    fn report<'a>(&'a self, path: &'a str, text: &'a str) -> Vec<Group<'a>> {
        let end = self.span.end.max(self.span.start + 1).min(text.len());
        let start = self.span.start.min(end);
        let snippet = Snippet::source(text).path(path).annotation(AnnotationKind::Primary.span(start..end));
        let mut group = Level::ERROR.primary_title(self.message.as_str()).element(snippet);
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.message(hint.as_str()));
        }
        vec![group]
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
