#!/usr/bin/python3
"""Fills a new Tryton database with the business of orders.json: books, catalogue, people, then the sales."""
import session
import books
import catalogue
import people
import sales

company = books.make(session)
goods = catalogue.make(session, company)
customers = people.make(session, company)
sales.make(session, company, goods, customers)
catalogue.sell_out(session, goods)
session.log('tryton: seeded')
