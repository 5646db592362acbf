# The Tryton modules that are activated, and so the Debian packages to install. Sourced.
export TRYTON_MODULES="country currency company party product account account_product account_invoice
 account_invoice_stock account_eu sale stock carrier sale_shipment_cost stock_shipment_cost sale_stock_quantity
 product_measurements"
