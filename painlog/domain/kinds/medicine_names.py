"""Common generic names of medicines: known to tell a slip of the fingers, and for nothing else. Pure."""

_LIST = """
    ibuprofen paracetamol acetaminophen aspirin naproxen diclofenac celecoxib etoricoxib meloxicam ketoprofen
    ketorolac indometacin piroxicam metamizole tramadol codeine dihydrocodeine morphine oxycodone hydrocodone
    hydromorphone fentanyl buprenorphine tapentadol methadone tilidine naloxone naltrexone gabapentin pregabalin
    carbamazepine oxcarbazepine lamotrigine topiramate valproate levetiracetam phenytoin lacosamide mirogabalin
    amitriptyline nortriptyline imipramine clomipramine desipramine doxepin trimipramine duloxetine venlafaxine
    desvenlafaxine milnacipran fluoxetine sertraline citalopram escitalopram paroxetine fluvoxamine mirtazapine
    trazodone bupropion agomelatine vortioxetine reboxetine moclobemide opipramol lithium quetiapine olanzapine
    risperidone aripiprazole haloperidol promethazine pipamperone melperone diazepam lorazepam alprazolam clonazepam
    oxazepam temazepam bromazepam zopiclone eszopiclone zolpidem melatonin buspirone hydroxyzine baclofen tizanidine
    cyclobenzaprine methocarbamol carisoprodol orphenadrine tolperisone dantrolene pridinol sumatriptan rizatriptan
    zolmitriptan eletriptan naratriptan frovatriptan almotriptan erenumab galcanezumab fremanezumab rimegepant
    atogepant ergotamine propranolol metoprolol bisoprolol atenolol candesartan ramipril lisinopril amlodipine
    clonidine verapamil losartan methotrexate sulfasalazine hydroxychloroquine leflunomide azathioprine adalimumab
    etanercept infliximab tocilizumab secukinumab tofacitinib baricitinib prednisone prednisolone methylprednisolone
    dexamethasone hydrocortisone cortisone colchicine allopurinol febuxostat omeprazole pantoprazole esomeprazole
    lansoprazole ranitidine famotidine metoclopramide ondansetron domperidone loperamide macrogol lactulose
    bisacodyl senna levothyroxine metformin insulin simvastatin atorvastatin rosuvastatin apixaban rivaroxaban
    warfarin clopidogrel salbutamol montelukast cetirizine loratadine ketamine lidocaine capsaicin cannabidiol
    dronabinol nabilone memantine dextromethorphan caffeine botox estradiol progesterone testosterone dienogest
    magnesium zinc iron folate biotin cholecalciferol cyanocobalamin turmeric curcumin glucosamine
"""
MEDICINE_NAMES = tuple(_LIST.split())
