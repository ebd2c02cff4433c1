//! What happens during a run, as plain values: for progress and logs.
