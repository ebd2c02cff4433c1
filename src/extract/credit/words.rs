//! Words that names of outlets hold, and words that stand where a name might.

/// Words that stand where a name might, and are none.
const GENERIC: &str = "\
    agencies|agenturen|agencias|agences|agency|agencia|agentur|news agencies|wire reports|wire services|staff|staff reports|ag|agenzie|网络|\
    互联网|综合|原创|本站原创|本站|转载|自媒体|own|own work|author|authors|unknown|internet|here|link|twitter|facebook|instagram|youtube|pinterest|reddit|\
    email|e-mail|rss|wikipedia|wikimedia|google|google news|english|englisch|german|deutsch|spanish|french|español|français|anglais|\
    inglés|archive|archiv|redaktion|redacción|giphy|imgur|tenor|getty images|shutterstock|flickr|unsplash|pexels|pixabay|istock|alamy|\
    imago|picture alliance|newsroom|press release|pressemitteilung|comunicado|this site|this blog|my blog|medium|linkedin";
/// Words that outlets use in their names.
const OUTLET: &str = "\
    news|press|times|post|daily|weekly|agency|agencies|journal|radio|tv|television|media|network|gazette|herald|tribune|bulletin|observer|\
    chronicle|guardian|telegraph|independent|standard|register|review|magazine|wire|service|today|online|report|reporter|record|sun|star|\
    globe|mail|express|voz|diario|periódico|sol|heraldo|noticias|agencia|agência|agence|agenzia|zeitung|nachrichten|anzeiger|rundschau|\
    rundfunk|presse|blatt|tagblatt|bbc|cnn|nachrichtenagentur|channel";

/// Whether this is one of the words that stand where a name might, and are none. In lower case.
pub(super) fn is_generic(name: &str) -> bool {
    GENERIC.split('|').any(|word| word == name)
}

/// Whether outlets use this word in their names. In lower case.
pub(super) fn is_of_outlet(word: &str) -> bool {
    OUTLET.split('|').any(|known| known == word)
}
