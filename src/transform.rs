//! The user's commands: JSON in, JSON out.
