#!/usr/bin/env python3
"""Speed: benchmark.py LIBRARY

In processor time: how fast the newsroom is read, and how long it takes to read an article again after a key
was pressed in its middle, and at the middle of all the newsroom's articles in one text.
"""

import statistics
import sys
import time

import examples
import reading


def again(parser, source, rounds):
    """Milliseconds for each key pressed in the middle of a text."""
    times = []
    tree = parser.parse(source)
    at = source.find(b"\n\n", len(source) // 2) + 20
    for _ in range(rounds):
        row = source.count(b"\n", 0, at)
        column = at - source.rfind(b"\n", 0, at) - 1
        source = source[:at] + b"a" + source[at:]
        start = time.thread_time()
        tree.edit(at, at, at + 1, (row, column), (row, column), (row, column + 1))
        tree = parser.parse(source, tree)
        times.append((time.thread_time() - start) * 1000)
        at += 1
    return sorted(times)


def main():
    parser = reading.parser(sys.argv[1])
    articles = [source for _, source in examples.newsroom()]
    size = sum(len(source) for source in articles)
    best = 1e9
    for _ in range(10):
        start = time.thread_time()
        for source in articles:
            parser.parse(source)
        best = min(best, time.thread_time() - start)
    print(f"newsroom: {len(articles)} texts, {size / 1000:.0f} kB in {best * 1000:.1f} ms, {size / best / 1e6:.1f} MB/s")
    longest = max(articles, key=len)
    everything = b"\n\n".join([longest] + articles)
    for name, source in (("longest text", longest), ("all in one", everything)):
        times = again(parser, source, 60)
        print(
            f"a key in the {name} ({len(source) / 1000:.0f} kB): "
            f"median {statistics.median(times):.2f} ms, worst {times[-1]:.2f} ms"
        )


main()
