call newsmark#ale#Define('toml')
