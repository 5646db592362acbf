"""The seed's connection to the database, the order set it plants, and its clock: one process, no server.

Master data goes through proteus, the client library; sales go through trytond's own model classes, which is about ten
times as fast. Nothing is written behind Tryton's back.
"""
import datetime as dt
import json
import os
import time

from proteus import config as proteus_config
from trytond.config import config as trytond_config

DATA = os.environ['REAL_DATA']
DB = 'tryton'
CONF = os.path.join(DATA, 'tryton', 'trytond.conf')
MONITOR_PASSWORD = os.environ['TRYTON_MONITOR_PASSWORD']
INTEGRATION_PASSWORD = os.environ['TRYTON_INTEGRATION_PASSWORD']

trytond_config.update_etc(CONF)
proteus = proteus_config.set_trytond(
    trytond_config.get('database', 'uri').rstrip('/') + '/' + DB, config_file=CONF)

with open(os.path.join(DATA, 'orders.json'), encoding='utf-8') as f:
    plan = json.load(f)

now = dt.datetime.now()
today = now.date()
started = time.time()


def log(*words):
    print('%6.1fs' % (time.time() - started), *words, flush=True)
