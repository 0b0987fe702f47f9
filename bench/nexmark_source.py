#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The nexmark connector: how many events a CPU-second makes when all columns of a bid are read.

  bench/nexmark_source.py [--weir build/weir] [--events 20000000] [--workers 1,2] [--repeat 3]

Prints millions of events per CPU-second (user + system of the whole process, start-up included), best of the
repeats, for bids with all columns and for less of them; the sink reads every value. The floor is 18, the goal 32.
No peer: other engines' generators run beside the engine. The answers of all runs of a line must be alike: the
sink's checksum is compared.
"""
import argparse, re, sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True
from peers import HERE, cpu  # noqa: E402

TABLE = """CREATE TABLE nexmark (event_type INT,
  bid ROW<auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, `dateTime` TIMESTAMP(3), extra STRING>,
  `dateTime` TIMESTAMP(3), WATERMARK FOR `dateTime` AS `dateTime` - INTERVAL '4' SECOND
) WITH ('connector' = 'nexmark', 'events.num' = '%d', 'max-emit-speed' = 'true');
"""
QUERIES = {
    "all columns of a bid": ("auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, at TIMESTAMP(3), "
                             "extra STRING", "bid.auction, bid.bidder, bid.price, bid.channel, bid.url, bid.`dateTime`, "
                             "bid.extra"),
    "numbers of a bid": ("auction BIGINT, bidder BIGINT, price BIGINT, at TIMESTAMP(3)",
                         "bid.auction, bid.bidder, bid.price, bid.`dateTime`"),
    "time alone": ("at TIMESTAMP(3)", "`dateTime`"),
}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--weir", default=str(HERE.parent / "build/weir"))
    p.add_argument("--events", type=int, default=20_000_000)
    p.add_argument("--workers", default="1")
    p.add_argument("--repeat", type=int, default=3)
    a = p.parse_args()
    print(f"{a.events / 1e6:g} M events; M events per CPU-second, best of {a.repeat}")
    print(f"{'':22} {'workers':>7} {'weir':>6} {'M/s wall':>9}  answers")
    for name, (columns, query) in QUERIES.items():
        sql = (TABLE % a.events + f"CREATE TABLE out ({columns}) WITH ('connector' = 'blackhole');\n"
               f"INSERT INTO out SELECT {query} FROM nexmark WHERE event_type = 2;")
        for workers in map(int, a.workers.split(",")):
            best, sums = (1e9, 1e9), set()
            for _ in range(a.repeat):
                used, wall, run = cpu([a.weir, "-c", sql, "-D", f"parallelism.default={workers}"])
                best = min(best[0], used), min(best[1], wall)
                sums.add(tuple(re.findall(r"\d+ rows, checksum \w+", run.stdout + run.stderr)))
            alike = "alike" if len(sums) == 1 and all(sums) else f"DIFFER: {sums}"
            print(f"{name:22} {workers:>7} {a.events / best[0] / 1e6:6.1f} {a.events / best[1] / 1e6:9.1f}  {alike}",
                  flush=True)


main()
