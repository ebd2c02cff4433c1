//! Lines in which a site speaks to its reader and not of the story: calls to subscribe, to follow, to download and to support it; see `standing` for the others.
//!
//! A call is a sentence that begins with asking and names what is to be had. An article may speak of newsletters, and a guide may tell to follow somebody: so
//! what is asked for has to be the site's own. What a sentence begins with tells which pattern it is held against, so that nearly all are held against none.

use std::sync::LazyLock;

use regex::Regex;

use super::sayings::{Sayings, compiled, first_word, polite, sentences};
use super::standing;

/// Nobody reads a longer call.
const LONGEST: usize = 320;
/// A call that begins so far into its line, or in its first half, is what the line is about.
const EARLY: usize = 70;

/// What is to be had: a sentence that asks is a call only in a line with one of these.
const WORTH: &str = r"newsletter|rundbrief|lettre\ d['’]information|infolettre|bolet[ií]n|boletim|nieuwsbrief|nyhedsbrev|nyhetsbrev|uutiskirje|hírlevél|bülten|рассылк|розсилк|
    наш[а-яі]*\ [а-яі-]*канал|(?:nuestr|noss|nostr|notr)[oae]\ (?:canale?|chaîne)|unser[a-z]*\ [a-z-]*kanal|ons\ kanaal|nasz[a-z]*\ kanał|kanalımız|saluran\ kami|
    mailing\ list|inbox|alerts|updates|notifications|edition\b|blog\b|channel|podcast|\bapps?\b|aplicativo|aplicación|aplikac|aplikasi|appli\b|
    NET|google\ discover|телеграм|вконтакте|
    公众号|微信|微博|ニュースレター|メルマガ|チャンネル|뉴스레터|채널|فيسبوك|تويتر|انستغرام|يوتيوب|تلغرام|واتساب|redes\ socia|réseaux\ sociaux|
    email\ forwarded|sign\ up\ (?:here|now|today)|new\ posts|\bdonate\b|journalis|period[ií]sm|giornalis|dziennikar|журналист|donation|spende|\bun\ don\b|donaci|\ba\ (?:[a-z]+\ )?(?:member|patron|supporter)\b|
    support\ (?:us|our|independent)\b|mitglied\b|unterstütz|soci[oa]\b|soutenez|steun|wesprzyj|поддерж|підтрим";

/// Words that a call begins with, and the call. `NET` stands for the networks.
const CALLS: [(&str, &str); 21] = [
    (
        "follow join connect like find add message",
        r"(?:(?:follow|join|connect\ with)\ (?:us|me|our|@|(?-i:[A-Z]))[^.!?,]*?\bon\ (?:our\ )?(?:x\b|NET)|(?:like|find|add|message)\ (?:us|me)\ on\ (?:x\b|NET))",
    ),
    (
        "sign subscribe register",
        r"(?:(?:sign\ up|subscribe)\b[^.!?]*?\b(?:(?:our|my|now|today|here|free\ to)\b|(?:[a-z]+['’]s|free|the|daily|weekly)\ [^.!?]*?(?:newsletter|edition|alerts|updates))|register\b[^.!?]*?\bnewsletter)",
    ),
    ("never do don", r"(?:never|do\ not|don['’]t)\ miss\ [^.!?]*?\b(?:sign(?:ing)?\ up|subscrib[a-z]+)"),
    (
        "for+all for+the for+latest for+more for+breaking",
        r"for\ (?:all\ )?(?:the\ )?(?:latest|more|breaking)\ [^.!?]*?\b(?:download\ (?:the|our)|follow\ (?:us|me|our|@[a-z])|subscribe|sign\ up)\b",
    ),
    ("bizi", r"bizi\ [^.!?]*?takip\ edin"),
    ("was+this", r"was\ this\ (?:newsletter|e-?mail)\ forwarded"),
    (
        "join download get",
        r"(?:get\ our\ newsletter|(?:join|download)\ our\ [^.!?]*?\b(?:newsletter|channel|community|group|page|apps?|NET))",
    ),
    (
        "folge folgt folgen",
        r"folg(?:[et]\ (?:uns|mir|@)|en\ sie\ (?:uns\b|mir\b|@|de[rmn]\ |(?-i:[A-ZÄÖÜ])))[^.!?,]*?\b(?:auf|bei)\ [^.!?,]*?NET",
    ),
    (
        "abonniere abonniert abonnieren bestelle bestellt bestellen",
        r"(?:(?:abonnier|bestell)(?:e|en\ sie)\ [^.!?]*?\b(?:uns(?:er[a-z]*)?|hier|jetzt|kostenlos[a-z]*|mein[a-z]*)\b|abonniert\ (?:jetzt|hier|gern[a-z]*|unser[a-z]*|mein[a-z]*)\b)",
    ),
    ("melde meldet melden", r"(?:melde\ dich|meldet\ euch|melden\ sie\ sich)\ [^.!?]*?(?:newsletter|rundbrief)"),
    ("lade laden lust", r"(?:lad(?:e|en\ sie)\ (?:dir\ |sich\ )?(?:jetzt\ )?unsere\b|lust\ auf\ mehr\b)"),
    (
        "suivez retrouvez rejoignez abonnez inscrivez téléchargez recevez",
        r"(?:(?:suivez|retrouvez|rejoignez)(?:-nous|\ (?:nous|notre|nos|@|(?-i:[A-ZÉ])))[^.!?,]*?\bsur\ (?:notre\ |nos\ |la\ page\ )?NET|(?:suivez|rejoignez)\ notre\ (?:chaîne|page|newsletter|compte|communauté)|abonnez-vous\b|inscrivez-vous\ [^.!?]*?(?:newsletter|infolettre|lettre\ d)|téléchargez\ (?:notre|nos)\b|recevez\ [^.!?]*?(?:newsletter|infolettre|lettre\ d))",
    ),
    (
        "síguenos siguenos sígueme sigueme síganos siganos sigue sígue siga sigan únete unete únase unase suscríbete suscribete suscríbase suscribase suscríbanse \
         suscribanse apúntate apuntate descarga mira visita recibe entra",
        r"(?:s[ií]gue(?:nos|me)|s[ií]ganos|(?:s[ií]gue|sigan?)\ nuestr[ao]s?\ [^.!?]*?\ en\ NET|[úu]nete|[úu]nase|suscr[ií]b|ap[úu]ntate\ a\ nuestr|(?:descarga|mira|visita|recibe|entra)\ [^.!?]*?\bnuestr[oa]s?\b)",
    ),
    (
        "siga acompanhe curta inscreva assine entre participe baixe receba clique",
        r"(?:siga-nos|(?:siga|acompanhe|curta)\ (?:o|a|nossa|nosso|@)[^.!?,]*?\bn[oa]s?\ (?:nosso\ |seu\ )?NET|inscreva-se|assine\ |entre\ (?:n[oa]|para\ [oa])\ [^.!?]*?(?:grupo|canal)|clique\ aqui\ para\ (?:entrar|participar|seguir)|(?:participe|baixe|receba|clique)\ [^.!?]*?\bnoss[oa]s?\b)",
    ),
    (
        "seguici segui clicca iscriviti abbonati unisciti scarica",
        r"(?:seguici|segui\ [^.!?,]*?\bsu\ NET|clicca\ qui\ per\ (?:iscriverti|seguirci)|iscriviti|abbonati\ (?:a|al|alla|ora|qui|subito)\b|unisciti|scarica\ la\ nostra\ app\b)",
    ),
    (
        "volg abonneer schrijf meld följ følg prenumerera anmäl abonner tilmeld tilaa seuraa",
        r"(?:volg\ (?:ons\b|(?-i:[A-Z])[^.!?,]*?\bop\ NET)|abonneer\b|schrijf\ (?:je|u)\ (?:nu\ |hier\ |gratis\ )?in\ [^.!?]*?nieuwsbrief|meld\ (?:je|u)\ (?:nu\ |hier\ |gratis\ )?aan\ [^.!?]*?nieuwsbrief|(?:följ|følg)\ (?:oss\b|os\b|(?-i:[A-ZÆØÅÄÖ]))[^.!?,]*?\bpå\ NET|(?:prenumerera|abonner|anmäl\ dig|tilmeld\ dig|meld\ deg)\b[^.!?]*?(?:nyhe[dt]sbrev|kanal|podcast)|tilaa\ [^.!?]*?uutiskirje|seuraa\ meitä)",
    ),
    (
        "śledź obserwuj dołącz zapisz subskrybuj sledujte odebírejte přihlaste kövess iratkozz urmărește urmăriți",
        r"(?:śledź\ nas|obserwuj\ nas|dołącz\ do\ (?:nas|grup)|zapisz\ się\ na|subskrybuj|sledujte\ nás|odebírejte|přihlaste\ se\ k|kövess\ minket|iratkozz|urmăr(?:ește|iți)-?\ ?ne)",
    ),
    (
        "подписывайтесь подписывайся подпишитесь подпишись присоединяйтесь следите читайте підписуйтесь підпишіться долучайтесь стежте абонирайте",
        r"(?:подпи|присоединяйтесь|следите\ за\ (?:нами|наш|новост|обновл)|читайте\ нас|підпи|долучайтесь|стежте\ за\ (?:нами|наш|новин)|абонирайте)",
    ),
    (
        "ikuti gabung bergabung dapatkan theo ακολουθήστε تابعونا تابعوا اشتركوا اشترك",
        r"(?:ikuti\ (?:kami|berita|(?:kanal|saluran|channel|akun)\ [^.!?,]*?(?:kami|NET))\b|(?:ber)?gabung\ (?:di|ke|dengan|bersama)\ (?:kami|grup|kanal|saluran|channel)\b|dapatkan\ (?:berita|update|info)|theo\ dõi\ (?:chúng|fanpage\ của\ chúng|trang\ của\ chúng|kênh\ của\ chúng)|ακολουθήστε\ [^.!?]*?μας|تابعونا|تابعوا\ (?:صفحتنا|قناتنا|حسابنا)|اشتركوا?\ في\ قناتنا)",
    ),
    (
        "support become make donate if+you",
        r"(?:support\ (?:us\b|our\ [^.!?,]*?(?:work|journalism|paper|site|channel|newsroom|mission)|independent\ journalism)|become\ a\ (?:[a-z]+\ )?(?:member|patron|supporter)(?:\ (?:today|now|here|and\ (?:support|get|help))\b|[.!]|$)|(?:make\ a\ donation|donate)\ (?:to\ (?:us\b|our\ (?:work|journalism|newsroom|site)|[^.!?]*?\bjournalism)|(?:now|today|here)(?:\ (?:and|to|at|via)\b|\W*$))|if\ you(?:['’]re\ enjoying|\ are\ enjoying|\ (?:value|enjoy|like|appreciate))\ (?:our|this|what)\b[^.!?]*?\b(?:consider|donat|support))",
    ),
    (
        "unterstütze unterstützen unterstützt werde werden apoya apóyanos hazte soutenez faites sostieni sostienici apoie steun wesprzyj поддержите підтримайте",
        r"(?:unterstütz(?:e|en\ sie)\ (?:uns\b|unser)|unterstützt\ (?:uns\b|unsere\ arbeit)|werden?\ (?:sie\ |jetzt\ |auch\ )+(?:mitglied|unterstützer|fördermitglied)\b|apóyanos|(?:apoya|hazte)\ (?:nuestr|a\ nuestr|soci|miembro)|soutenez(?:-nous|\ (?:nous|notre))|faites\ un\ don(?:\ (?:à|pour|ici|maintenant)|[.!]|$)|sostieni(?:ci|\ il\ nostro)|apoie\ (?:o\ )?nosso|steun\ (?:ons|onze\ (?:journalist|redactie|site))|wesprzyj\ nas|поддержите\ нас|підтримайте\ нас)",
    ),
];

/// What is asked at the end of a sentence, in languages whose verbs stand there, or without spaces. None of it is plain ASCII.
const ASKED_ANYWHERE: [&str; 14] = [
    "hesabımızı takip edin",
    "kanalımıza abone olun",
    "をフォローしてください",
    "をフォローしよう",
    "をフォローお願い",
    "チャンネル登録を",
    "チャンネル登録お願い",
    "关注我们的",
    "欢迎关注我们",
    "订阅我们",
    "채널을 추가하세요",
    "채널을 구독하세요",
    "в нашем телеграм",
    "у нашому телеграм",
];

/// Steps of a guide are not the site's own.
const GUIDES: &str = r"\bsteps?\b|instructions?\b|\bpasos?\b|\bpassos?\b|instrucciones|instruções|étapes|schritte?n?\b|anleitung|istruzioni|passaggi|\bstappen\b|инструкци|langkah";

static CALLING: LazyLock<Sayings> = LazyLock::new(|| Sayings::of(&CALLS));
static WORTH_ASKING: LazyLock<Option<Regex>> = LazyLock::new(|| compiled(&format!(r"{WORTH}|@[a-z]")));
static GUIDING: LazyLock<Option<Regex>> = LazyLock::new(|| compiled(GUIDES));

/// Whether a line calls the reader to subscribe, to follow, to download or to support what the site has, is a form's, asks whether content may load, or says what
/// the site earns.
pub(super) fn is_call(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let is = |regex: &LazyLock<Option<Regex>>| regex.as_ref().is_some_and(|regex| regex.is_match(line));
    let early = EARLY.max(line.len() / 2);
    let mut asks = false;
    for (_, sentence) in sentences(line).take_while(|(start, _)| *start <= early) {
        let sentence = polite(sentence);
        let word = first_word(sentence);
        if standing::begins_note(&word, sentence) {
            return true;
        }
        asks = asks || CALLING.begin(&word, sentence);
    }
    asks = asks || !line.is_ascii() && ASKED_ANYWHERE.iter().any(|asked| line.contains(asked));
    asks && is(&WORTH_ASKING) && !is(&GUIDING)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pattern that cannot be read would match nothing, in silence.
    #[test]
    fn every_pattern_can_be_read() {
        for (words, pattern) in &CALLS {
            assert!(compiled(pattern).is_some(), "{pattern}");
            assert!(
                words.split([' ', '+']).filter(|word| !word.is_empty()).all(|word| first_word(word) == word),
                "a call that begins with one of these is never found: {words}"
            );
        }
        assert!(WORTH_ASKING.is_some() && GUIDING.is_some());
        assert!(ASKED_ANYWHERE.iter().all(|asked| !asked.is_ascii()));
    }

    #[test]
    fn a_site_calls_to_subscribe_follow_and_download() {
        for line in [
            "Subscribe now to our e-edition for the full story.",
            "Never miss the latest news by signing up to our newsletter today!",
            "🚀 Sign up for our newsletter",
            "Want more tide tables? Follow me on Pinterest.",
            "For the latest stories download the Harbour apps for iOS and Android.",
            "Was this newsletter forwarded to you? Sign up here.",
            "Nichts mehr verpassen: Abonnieren Sie kostenlos die Hafen-Newsletter.",
            "Folgen Sie der Hafenpost auf Facebook",
            "Suivez-nous sur Facebook et Instagram",
            "Inscrivez-vous à la newsletter du port",
            "¿Ya sabías que tenemos canal de Telegram? Únete desde tu celular.",
            "Siga o Porto no Instagram",
            "Iscriviti al nostro canale WhatsApp",
            "Volg ons op Instagram",
            "Følg Havnen på Facebook",
            "Zapisz się na newsletter",
            "Подписывайтесь на наш телеграм-канал",
            "Ikuti kami di Instagram",
            "Haberler için kanalımıza abone olun: Telegram",
            "最新情報はTwitterをフォローしてください",
            "تابعوا صفحتنا على فيسبوك",
            "Больше новостей — в нашем телеграм-канале",
        ] {
            assert!(is_call(line), "{line}");
        }
    }

    #[test]
    fn a_site_asks_for_support_and_says_what_it_earns() {
        for line in [
            "If you value our journalism, please consider a donation.",
            "If you're enjoying this article, consider supporting our journalism by subscribing.",
            "Become a member today and support the harbour's paper.",
            "Unterstützen Sie unseren Journalismus mit einer Spende.",
            "Hazte socio del periodismo del puerto.",
            "Enter your email address below.",
            "Enter your email address:",
            "Harbour Post lives of its readers. When you buy through links here, we may earn a commission.",
            "*Werbung. Dieser Beitrag enthält Werbung für Seile.",
            "This post contains affiliate links.",
            "If you buy through our links, we may earn a commission.",
            "Cet article contient des liens d'affiliation.",
        ] {
            assert!(is_call(line), "{line}");
        }
        for line in [
            "Donate blankets at the quay, the Red Cross asks.",
            "The members support the harbour board.",
            "Werden die Mitglieder zustimmen? Das entscheidet der Rat.",
            "If you enjoy this walk, the next valley is wilder.",
            "This article contains three maps of the bay.",
            "When you buy a boat, look at its keel.",
        ] {
            assert!(!is_call(line), "{line}");
        }
    }

    #[test]
    fn a_story_may_tell_of_newsletters_networks_and_guides() {
        for line in [
            "Follow relevant news sources, subscribe to industry newsletters, and watch social media.",
            "The harbour board sends a newsletter to its 30,000 subscribers.",
            "You can download other apps to your phone from an online store.",
            "She told her story on Instagram, and many followed.",
            "Join two ropes with a bend: the channel is deep there.",
            "Register a Service Worker: it enables push notifications.",
            "Get the boat ready, then update the blog.",
            "Follow these steps on Instagram to see the harbour.",
            "Siga os passos no WhatsApp para falar com o porto.",
            "Sigue la polémica del puerto en Twitter.",
            "Meld je bij de politie of stuur een e-mail.",
            "Like the old board, she told it on LinkedIn.",
            "Abbonati in calo per il canale del porto.",
            "“Message me on WhatsApp,” the broker wrote to the widow.",
            "Follow the accounts you care about on Mastodon first.",
            "Folgt man ihr auf Instagram, sieht man vor allem Pferde.",
            "Entre as mensagens que chegam ao nosso WhatsApp, poucas são boas.",
            "Suivez le canal sur trois kilomètres, jusqu'à l'écluse.",
            "Следите за уровнем воды в канале.",
            "世界遺産に登録された灯台の写真がInstagramで広まった。",
            "Este video fue bloqueado por la plataforma en varios países.",
            "Pour lire ce roman, il faut accepter de se perdre.",
            "Enter your email address and tap Next; the phone asks for the code.",
            "If you like this soup but don't eat dairy, consider coconut milk.",
            "For more than four hours they queued. The same was to follow on Sunday.",
            "Support our schools: that is the line which won the vote on Facebook.",
            "Donate now or die later was how one surgeon put it.",
            "Suivez les conseils de la mairie, qui seront publiés sur Facebook.",
            "Sigue a trescientas personas en Instagram.",
            "Følg sagen på Facebook en aften.",
            "Find the harbour on foot, or ask on the quay.",
            "Alle Boote folgen dem Kanal bis zur Schleuse.",
            "El canal de agua sigue hasta el puerto.",
            "To see this valley in spring you must accept a long walk.",
        ] {
            assert!(!is_call(line), "{line}");
        }
        assert!(!is_call(&"Subscribe now to our newsletter. ".repeat(20)));
    }
}
