# `just` lists these; each is one plain command, so `just` itself is not needed.

# Everything that must hold before a change lands
ci:
    .ci/run

# All tests
test:
    cargo test

# Publish the sample's feeds
sample:
    cargo run --release -- run --force

# Accept changed snapshots after looking at them
accept:
    INSTA_UPDATE=always cargo test
