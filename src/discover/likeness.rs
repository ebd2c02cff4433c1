//! How groups of links are like each other and unlike: what their texts say, which patterns their addresses have, and whether they come in turns.

use std::collections::{BTreeMap, HashMap};

use super::anchor::Anchor;
use super::features::{LONGEST, share};
use super::structure::Group;
use super::words::{can_repeat, is_generic, is_only_date, mask, weight};
use crate::url::Url;

/// The share of the commonest text of a group, numbers left out.
pub(super) fn same_mask(anchors: &[Anchor<'_>], group: &Group) -> f64 {
    if group.members.len() < 3 {
        return 0.0;
    }
    let mut masks: HashMap<String, usize> = HashMap::new();
    for anchor in group.anchors(anchors).filter(|anchor| !anchor.in_heading && can_repeat(anchor.said())) {
        *masks.entry(mask(anchor.said())).or_default() += 1;
    }
    let most = masks.values().copied().max().unwrap_or(0);
    if most >= 3 { share(most, group.members.len()) } else { 0.0 }
}

/// Whether the texts of a group say nothing of single items: codes, dates, or the same words again and again.
pub(super) fn is_poor(anchors: &[Anchor<'_>], group: &Group) -> bool {
    const MOSTLY: f64 = 0.6;
    let says_nothing = |anchor: &&Anchor<'_>| !anchor.in_heading && (is_generic(anchor.said()) || is_only_date(anchor.said()));
    let poor = share(group.anchors(anchors).filter(says_nothing).count(), group.members.len());
    poor.max(same_mask(anchors, group)) >= MOSTLY
}

/// Whether the links of a group are not headings, and say much less, where the other's are or say much.
pub(super) fn is_lesser(anchors: &[Anchor<'_>], group: &Group, other: &Group) -> bool {
    const MUCH_LESS: f64 = 0.6;
    let headed = |group: &Group| share(group.anchors(anchors).filter(|anchor| anchor.in_heading).count(), group.members.len());
    length(anchors, group) < MUCH_LESS * length(anchors, other) && headed(group) < 0.5
}

/// How much the texts of a group say, on average.
fn length(anchors: &[Anchor<'_>], group: &Group) -> f64 {
    share(group.anchors(anchors).map(|anchor| weight(&anchor.text).min(LONGEST)).sum(), group.members.len())
}

/// A signature without its classes.
pub(super) fn tags(signature: &str) -> String {
    signature.split(" > ").map(|step| step.split(['.', ' ']).next().unwrap_or("")).collect::<Vec<_>>().join(" ")
}

/// The pattern of an address: host, first folder, depth, what its name ends in and which parameters it has.
pub(super) fn shape(url: &Url) -> String {
    let segments: Vec<&str> = url.path().split('/').filter(|segment| !segment.is_empty()).collect();
    let mut out = url.host().to_owned();
    let (last, folders) = segments.split_last().unwrap_or((&"", &[]));
    for folder in folders {
        out.push('/');
        let is_own = folder.bytes().any(|byte| byte.is_ascii_digit()) || folder.len() > 16;
        out.push_str(if is_own { "#" } else { folder });
    }
    out.push_str("/*");
    out.push_str(last.rsplit_once('.').map_or("", |(_, end)| if end.len() <= 5 { end } else { "" }));
    for (name, _) in url.parts().query_pairs().take(4) {
        out.push('&');
        out.push_str(&name);
    }
    out
}

/// The pattern that most addresses of a group have, and how many have it. Of two as common the first.
pub(super) fn common_shape(anchors: &[Anchor<'_>], group: &Group) -> Option<(usize, usize)> {
    let mut shapes: BTreeMap<usize, usize> = BTreeMap::new();
    for anchor in group.anchors(anchors) {
        *shapes.entry(anchor.shape).or_default() += 1;
    }
    shapes.into_iter().rev().max_by_key(|(_, count)| *count)
}

/// Whether a group's links alternate with another's: one or a few for each of them, as comments and authors do.
pub(super) fn is_interleaved(group: &Group, other: &Group) -> bool {
    if group.members.len() < 3 || other.members.len() < 3 || group.members.len() * 2 < other.members.len() {
        return false;
    }
    let between = |inner: &Group, from: usize, to: usize| {
        let start = inner.members.partition_point(|&index| index <= from);
        let end = inner.members.partition_point(|&index| index < to);
        end.saturating_sub(start)
    };
    let one_each = |outer: &Group, inner: &Group, most: usize| {
        let pairs = outer.members.windows(2).filter(|pair| matches!(pair, [from, to] if (1..=most).contains(&between(inner, *from, *to))));
        share(pairs.count(), outer.members.len() - 1) >= 0.6
    };
    one_each(group, other, 3) || group.members.len() <= other.members.len() * 4 && one_each(other, group, 4)
}
