"""Reads a feed from standard input with feedparser and prints what it found as JSON."""

import json
import sys

import feedparser

feed = feedparser.parse(sys.stdin.buffer.read())
entries = [
    {
        "id": entry.get("id"),
        "link": entry.get("link"),
        "title": entry.get("title"),
        "language": entry.get("title_detail", {}).get("language"),
        "summary": entry.get("summary"),
        "content": [part.value for part in entry.get("content", [])],
        "tags": [tag.term for tag in entry.get("tags", [])],
        "author": entry.get("author"),
        "published": list(entry.published_parsed) if entry.get("published_parsed") else None,
        "updated": list(entry.updated_parsed) if entry.get("updated_parsed") else None,
    }
    for entry in feed.entries
]
json.dump(
    {
        "version": feed.version,
        "bozo": bool(feed.bozo),
        "why": str(feed.get("bozo_exception", "")),
        "title": feed.feed.get("title"),
        "language": feed.feed.get("language"),
        "links": [dict(link) for link in feed.feed.get("links", [])],
        "entries": entries,
    },
    sys.stdout,
)
