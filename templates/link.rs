//! Which links are rendered at all. maud escapes attributes, but it does not judge schemes.

/// The URL if it is absolute and its scheme is `http`, `https` or `mailto`; the only links a mail may
/// have.
pub(crate) fn absolute(url: &str) -> Option<&str> {
    let clean = !url.is_empty()
        && url.len() <= 2000
        && !url.chars().any(|c| {
            c.is_control()
                || c.is_whitespace()
                || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
        });
    let scheme = url
        .split(':')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let rest = url.get(scheme.len()..).unwrap_or_default();
    let known = match scheme.as_str() {
        "http" | "https" => rest.len() > 3 && rest.starts_with("://") && !rest.starts_with(":///"),
        "mailto" => rest.len() > 1,
        _ => false,
    };
    (clean && known).then_some(url)
}

/// The `tel:` URL of a telephone number as people write it (RFC 3966); none where it is none.
pub(crate) fn telephone(number: &str) -> Option<String> {
    // “+49 (0)30 …”: the zero is dialled only without the country's code.
    let international = number.trim_start().starts_with('+');
    let number = if international {
        number.replace("(0)", "")
    } else {
        number.to_owned()
    };
    let written = |c: char| c.is_ascii_digit() || " +-–/().\u{a0}".contains(c);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let fits = (5..=15).contains(&digits.len()) && number.chars().all(written);
    fits.then(|| format!("tel:{}{digits}", if international { "+" } else { "" }))
}

/// The URL if it is [`absolute`] or a path on this site (`/imprint`); what a page may link to.
pub(crate) fn on_page(url: &str) -> Option<&str> {
    let path = url.starts_with('/')
        && !url.starts_with("//")
        && !url
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || c == '\\');
    if path { Some(url) } else { absolute(url) }
}

/// `path_and_query` with its query parameter `lang` set to `code`.
pub(crate) fn with_language(path_and_query: &str, code: &str) -> String {
    let (path, query) = path_and_query
        .split_once('?')
        .unwrap_or((path_and_query, ""));
    let kept = query
        .split('&')
        .filter(|part| !part.is_empty() && *part != "lang" && !part.starts_with("lang="));
    let mut target = format!("{path}?");
    for part in kept {
        target.push_str(part);
        target.push('&');
    }
    target.push_str("lang=");
    target.push_str(code);
    target
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_are_linked() {
        for good in [
            "https://example.org/a?b=c#d",
            "HTTP://example.org",
            "mailto:a@example.org",
        ] {
            assert_eq!(absolute(good), Some(good));
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "data:text/html,x",
            "java\nscript:x",
            " https://x",
            "//evil.example",
            "/imprint",
            "https:",
            "https://",
            "vbscript:x",
            "https://a\"b",
            "file:///etc/passwd",
        ] {
            assert_eq!(absolute(bad), None, "{bad}");
        }
        assert_eq!(on_page("/imprint?lang=de"), Some("/imprint?lang=de"));
        assert_eq!(on_page("//evil.example"), None);
        assert_eq!(on_page("/\\evil.example"), None);
    }

    #[test]
    fn telephone_numbers_are_dialled_as_they_are_written() {
        for (number, url) in [
            ("+49 241 927 8721-40", Some("tel:+49241927872140")),
            ("+49 (0)30 23125-200", Some("tel:+493023125200")),
            ("(030) 23125 / 200", Some("tel:03023125200")),
            ("115", None),
            ("030 23125 (mornings)", None),
            ("", None),
            ("+1234567890123456", None),
        ] {
            assert_eq!(telephone(number).as_deref(), url, "{number}");
        }
    }

    #[test]
    fn switching_the_language_keeps_the_page() {
        assert_eq!(with_language("/confirm/abc", "fr"), "/confirm/abc?lang=fr");
        assert_eq!(
            with_language("/s?lang=de&a=1&language=x", "nl"),
            "/s?a=1&language=x&lang=nl"
        );
    }
}
