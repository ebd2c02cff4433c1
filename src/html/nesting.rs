//! A cap on how deep the parser nests a page, kept between tokenizer and tree builder.
//!
//! Only the tree builder knows what a tag closes (HTML standard, section 13.2.6), so it is asked how many elements it holds open, and not the text. For each tag it may
//! look at all of them: without a cap a page of tags that are never closed takes time that grows with the square of its size.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use ego_tree::NodeId;
use html5ever::LocalName;
use html5ever::tokenizer::{EndTag, StartTag, Tag, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{Tracer, TreeBuilder, TreeBuilderOpts};
use scraper::{Html, HtmlTreeSink};

/// Browsers stop here as well. Real pages nest a hundred deep, some with unclosed tags more.
pub(super) const DEEPEST: usize = 512;
/// The parser opens again what formats the text in each new paragraph, so that few tags may become many elements. Of real pages none has more than four nodes a tag.
const MOST_NODES_PER_TAG: usize = 6;
/// Text may stand beside the tags of a small page.
const MOST_FURTHER_NODES: usize = 1_000;

/// A tree builder that takes no more tags where too much is open, and lets their text through.
pub(super) struct Capped {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    /// What was open, and how many nodes the tree had, when that was last counted. Every element that was opened since is a node.
    open: Cell<usize>,
    nodes: Cell<usize>,
    most_nodes: usize,
    /// Whether there were more: no further tag is taken.
    is_over: Cell<bool>,
    /// The tags that were dropped and not closed yet: what closes them goes too.
    beyond: RefCell<VecDeque<LocalName>>,
    dropped: Cell<usize>,
}

/// Counts what the tree builder holds on to: open elements, and those that format the text and will be opened again.
#[derive(Default)]
struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = NodeId;

    fn trace_handle(&self, _: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}

impl Capped {
    /// Builds on a tree that is empty yet, for a page of so many tags.
    pub(super) fn on(tree: Html, tags: usize, options: TreeBuilderOpts) -> Self {
        Self {
            builder: TreeBuilder::new(HtmlTreeSink::new(tree), options),
            open: Cell::new(0),
            nodes: Cell::new(0),
            most_nodes: tags * MOST_NODES_PER_TAG + MOST_FURTHER_NODES,
            is_over: Cell::new(false),
            beyond: RefCell::default(),
            dropped: Cell::new(0),
        }
    }

    /// The tree, and how many tags were dropped.
    pub(super) fn finish(self) -> (Html, usize) {
        (self.builder.sink.0.into_inner(), self.dropped.get())
    }

    /// Whether no further element may be opened. Counts only if it may be so.
    fn is_full(&self) -> bool {
        let nodes = self.builder.sink.0.borrow().tree.values().len();
        self.open.get() + (nodes - self.nodes.get()) >= DEEPEST && self.counts_full(nodes)
    }

    #[cold]
    fn counts_full(&self, nodes: usize) -> bool {
        let count = Count::default();
        self.builder.trace_handles(&count);
        self.open.set(count.0.get());
        self.nodes.set(nodes);
        self.is_over.set(nodes > self.most_nodes);
        self.is_over.get() || count.0.get() >= DEEPEST
    }

    /// Whether a tag goes no further.
    fn drops(&self, tag: &Tag) -> bool {
        match tag.kind {
            StartTag => self.is_full() && self.drops_opening(tag),
            EndTag => !self.beyond.borrow().is_empty() && self.drops_closing(&tag.name),
        }
    }

    #[cold]
    fn drops_opening(&self, tag: &Tag) -> bool {
        let is_foreign = self.adjusted_current_node_present_but_not_in_html_namespace();
        // Of those that lead no deeper, some do in drawings.
        let leads_deeper = if is_foreign { !tag.self_closing } else { !leads_no_deeper(&tag.name) };
        if !leads_deeper {
            return false;
        }
        let mut beyond = self.beyond.borrow_mut();
        // The latest are closed first.
        if beyond.len() == DEEPEST {
            beyond.pop_front();
        }
        beyond.push_back(tag.name.clone());
        true
    }

    #[cold]
    fn drops_closing(&self, name: &LocalName) -> bool {
        let mut beyond = self.beyond.borrow_mut();
        // Once something below them was closed, they are closed as well.
        if !self.is_full() {
            beyond.clear();
        }
        let place = beyond.iter().rposition(|open| open == name);
        place.and_then(|place| beyond.remove(place)).is_some()
    }
}

impl TokenSink for Capped {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let is_dropped = match &token {
            Token::TagToken(tag) => self.is_over.get() || self.drops(tag),
            // Nobody reads them, and they would be most of some trees.
            Token::CommentToken(_) => return TokenSinkResult::Continue,
            _ => false,
        };
        if is_dropped {
            self.dropped.set(self.dropped.get() + 1);
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Elements that never hold others, those whose text is no mark-up, and those that the parser closes by itself when the next one opens.
fn leads_no_deeper(name: &LocalName) -> bool {
    matches!(
        &**name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "iframe"
            | "noembed"
            | "script"
            | "style"
            | "textarea"
            | "title"
            | "xmp"
            | "p"
            | "li"
            | "colgroup"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "html"
            | "head"
            | "body"
    )
}

#[cfg(test)]
mod tests {
    use ego_tree::iter::Edge;

    use super::{DEEPEST, MOST_FURTHER_NODES, MOST_NODES_PER_TAG};
    use crate::html::{Dom, parse};
    use crate::url::Url;

    /// Opened again in each paragraph, at the most: what formats the text is counted among the open ones.
    const DEEPER_BY: usize = DEEPEST;

    fn parsed(page: &str) -> Dom {
        parse(page, &Url::parse("https://a.example/").unwrap())
    }

    fn depth(dom: &Dom) -> usize {
        let (mut depth, mut deepest) = (0, 0);
        for edge in dom.html.tree.root().traverse() {
            match edge {
                Edge::Open(node) => depth += usize::from(node.value().is_element()),
                Edge::Close(node) => depth -= usize::from(node.value().is_element()),
            }
            deepest = deepest.max(depth);
        }
        deepest
    }

    #[test]
    fn nothing_nests_a_page_deeper_than_the_cap() {
        for page in [
            "<x></y>",
            "<object></div>",
            "<svg><a></b>",
            "<svg><td>",
            "<math><mi><p>",
            "<table><tr><td>",
            "<li><dd>",
            "<div><a href=/b>x</a>",
            "<rt>",
            "<template>",
        ] {
            let dom = parsed(&page.repeat(3_000));
            assert!(depth(&dom) < DEEPEST + 16 && dom.notes.iter().any(|note| note.code == "tags-cut"), "{page}: {}", depth(&dom));
        }
    }

    #[test]
    fn formats_that_are_opened_again_in_each_paragraph_do_not_fill_the_memory() {
        const COUNT: usize = 5_000;
        let page: String = (0..COUNT).map(|size| format!("<p><font size={size}>x</p>")).collect();
        let dom = parsed(&page);
        let nodes = dom.html.tree.nodes().len();
        assert!(
            nodes < COUNT * 2 * MOST_NODES_PER_TAG + MOST_FURTHER_NODES + DEEPEST && depth(&dom) < DEEPEST + DEEPER_BY,
            "{}",
            depth(&dom)
        );
    }

    #[test]
    fn comments_are_no_nodes_and_cut_nothing() {
        let dom = parsed(&format!("<p>before{}after", "<!-- a -->".repeat(50_000)));
        assert_eq!(dom.html.root_element().text().collect::<String>(), "beforeafter");
        assert!(dom.notes.is_empty() && dom.html.tree.nodes().len() < 10);
    }

    #[test]
    fn the_text_of_what_is_cut_stays() {
        let page: String = (0..5_000).map(|size| format!("<p><font size={size}>{size} ")).collect();
        let dom = parsed(&page);
        let text: String = dom.html.root_element().text().collect();
        assert!(dom.notes.iter().any(|note| note.code == "tags-cut") && text.contains("4998 4999"));
    }

    #[test]
    fn what_closes_a_dropped_tag_closes_no_other() {
        let (opening, closing) = ("<div>".repeat(600), "</div>".repeat(600));
        for (page, place) in [
            (format!("<div><section>{opening}<i>text</i>{closing}<p>after</section></div>"), "body > div > section > p"),
            // Of what was dropped, nothing is open after the section.
            (format!("<div><section>{opening}<i>text</i></section></div><p>after"), "body > p"),
        ] {
            let dom = parsed(&page);
            let after = dom.html.select(&scraper::Selector::parse(place).unwrap()).count();
            assert_eq!(after, 1, "{place}");
        }
    }

    #[test]
    fn many_drawings_and_unclosed_items_are_no_nesting() {
        for page in [
            "<svg><path d=x/><g><use href=y /></g></svg>",
            "<p>a<svg><text x=1>N</text><polygon />",
            "<li>a",
            "<tr><td>x",
            "<dt>a<dd>b",
            "</x>",
            "<b>a</b>",
        ] {
            let dom = parsed(&format!("<table>{}</table>", page.repeat(3_000)));
            assert!(dom.notes.is_empty(), "{page}");
        }
    }
}
