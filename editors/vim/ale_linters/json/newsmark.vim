call newsmark#ale#Define('json')
