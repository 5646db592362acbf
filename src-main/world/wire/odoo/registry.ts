/** The models that a version of the simulated Odoo knows, by name. */
import type { Registry, Version } from './fields.ts'
import { journalModel, moveLineModel, moveModel } from './models/account.ts'
import {
  apiKeyModel, companyModel, countryModel, currencyModel, externalIdModel, groupModel, pricelistModel, unitModel, userModel,
} from './models/base.ts'
import { invoicingModel } from './models/invoicing.ts'
import { packagingModel, partnerModel, productModel, taxModel, templateModel } from './models/master.ts'
import { saleLineModel, saleModel } from './models/sale.ts'
import { locationModel, pickingTypeModel } from './models/places.ts'
import { carrierModel, pickingModel, quantModel, stockMoveModel, warehouseModel } from './models/stock.ts'

export function registryOf(version: Version): Registry {
  return new Map([
    companyModel(version), userModel(version), apiKeyModel(version), groupModel(version), currencyModel(version), countryModel(version),
    unitModel(version), externalIdModel(version), pricelistModel(version),
    ...(version < 19 ? [packagingModel(version)] : []),
    partnerModel(version), productModel(version), templateModel(version), taxModel(version),
    saleModel(version), saleLineModel(version), invoicingModel(version),
    moveModel(version), moveLineModel(version), journalModel(version),
    pickingModel(version), stockMoveModel(version), quantModel(version), warehouseModel(version), locationModel(version),
    pickingTypeModel(version), carrierModel(version),
  ].map((model) => [model.name, model]))
}
