//! Ports of EXPOSE (BuildKit's `convert_expose.go`).

/// The ports that a word of EXPOSE stands for, as `80/tcp`.
///
/// # Errors
/// Docker's message.
pub(crate) fn expand_port(word: &str) -> Result<Vec<String>, String> {
    let parts: Vec<&str> = word.split(':').collect();
    let container = parts.last().copied().unwrap_or_default();
    let host = parts.len().checked_sub(2).and_then(|i| parts.get(i)).copied().unwrap_or_default();
    let address = parts.len().checked_sub(2).and_then(|i| parts.get(..i)).unwrap_or_default().join(":");
    let (port, protocol) = match container.split_once('/') {
        Some(("", _)) => ("", ""),
        Some((port, "")) => (port, "tcp"),
        Some((port, protocol)) => (port, protocol),
        None => (container, "tcp"),
    };
    let lower = protocol.to_lowercase();
    if port.is_empty() {
        return Err(format!("invalid port: {}: no port specified", crate::go_quote(word)));
    }
    if !matches!(lower.as_str(), "tcp" | "udp" | "sctp") {
        return Err(format!("invalid port: {}: invalid proto: {protocol}", crate::go_quote(word)));
    }
    let bare = address.trim_start_matches('[').trim_end_matches(']');
    if !bare.is_empty() && bare.parse::<std::net::IpAddr>().is_err() {
        return Err(format!("invalid IP address: {bare}"));
    }
    let (first, last) = range(port).ok_or_else(|| format!("invalid containerPort: {port}"))?;
    if !host.is_empty() {
        let (host_first, host_last) = range(host).ok_or_else(|| format!("invalid hostPort: {host}"))?;
        if last - first != host_last - host_first && first != last {
            return Err(format!("invalid ranges specified for container and host Ports: {port} and {host}"));
        }
    }
    Ok((first..=last).map(|port| format!("{port}/{lower}")).collect())
}

fn range(text: &str) -> Option<(u16, u16)> {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u16>().ok()).flatten();
    match text.split_once('-') {
        None => number(text).map(|port| (port, port)),
        Some((first, last)) => number(first).zip(number(last)).filter(|(first, last)| first <= last),
    }
}

#[cfg(test)]
mod tests {
    use super::expand_port;

    #[test]
    fn words_stand_for_ports() {
        assert_eq!(expand_port("80").unwrap(), ["80/tcp"]);
        assert_eq!(expand_port("8000-8002/UDP").unwrap(), ["8000/udp", "8001/udp", "8002/udp"]);
        assert_eq!(expand_port("127.0.0.1:80:90").unwrap(), ["90/tcp"]);
        assert_eq!(expand_port("90-80").unwrap_err(), "invalid containerPort: 90-80");
        assert_eq!(expand_port("80/http").unwrap_err(), "invalid port: \"80/http\": invalid proto: http");
    }
}
